package dev.chancery.formats.policy;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.FulcioClaim;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.policy.PolicySigner.Proof;
import dev.chancery.domain.policy.PolicySigner;
import dev.chancery.domain.policy.TextRule;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.domain.webauthn.Enrolment;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.pem.PemBlock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Signers of a policy.
final class SignerCodec {
    private static final int MAX_ORIGINS = 100;
    private static final int MAX_MODELS = 100;
    private static final Pattern AAGUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private SignerCodec() {}

    static PolicySigner read(String name, JsonFields fields) throws FormatException {
        String person = fields.text("person").orElse(name);
        if (person.isBlank()) {
            throw FormatException.fieldMissing(fields.at("person"), "a person");
        }
        String custodian = fields.text("custodian").orElse(null);
        if (custodian != null && custodian.isBlank()) {
            throw FormatException.fieldMissing(fields.at("custodian"), "a custodian");
        }
        Optional<String> key = fields.text("key");
        Optional<String> keyId = fields.text("keyId");
        Optional<JsonFields> identity = fields.optionalObject("identity");
        Optional<JsonFields> authority = fields.optionalObject("authority");
        Optional<JsonFields> securityKey = fields.optionalObject("securityKey");
        long given = Stream.of(key, keyId, identity, authority, securityKey).filter(Optional::isPresent).count();
        if (given != 1) {
            throw FormatException.fieldInvalid(fields.path(), "exactly one of key, keyId, identity, authority and securityKey", given == 0 ? "none" : given + " of them");
        }
        fields.end();
        if (key.isPresent()) {
            return new PolicySigner(person, custodian, key(key.get(), fields.at("key")));
        }
        if (keyId.isPresent()) {
            return new PolicySigner(person, custodian, keyringEntry(keyId.get(), fields.at("keyId")));
        }
        if (securityKey.isPresent()) {
            return new PolicySigner(person, custodian, securityKey(securityKey.get()));
        }
        return new PolicySigner(person, custodian, identity.isPresent() ? keyless(identity.get()) : authority(authority.orElseThrow()));
    }

    private static Proof key(String pem, String place) throws FormatException {
        String label = PemBlock.read(pem, place).label();
        if (!label.equals("PUBLIC KEY")) {
            throw FormatException.fieldInvalid(place, "a PUBLIC KEY in PEM", label.contains("PRIVATE") ? "a private key" : FormatException.quoted(label));
        }
        return new Proof.Key(pem);
    }

    private static Proof keyringEntry(String hex, String place) throws FormatException {
        if (!hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw FormatException.fieldInvalid(place, "lower-case hexadecimal digits", FormatException.quoted(hex));
        }
        if (hex.length() != 64) {
            throw FormatException.digestLength(place, "64 hexadecimal digits for SHA2_256", Integer.toString(hex.length()));
        }
        return new Proof.KeyringEntry(KeyId.fromHex(hex));
    }

    private static Proof keyless(JsonFields fields) throws FormatException {
        TextRule name = TextRuleCodec.read(fields, "name");
        TextRule issuer = TextRuleCodec.read(fields, "issuer");
        Map<FulcioClaim, TextRule> claims = new EnumMap<>(FulcioClaim.class);
        Optional<JsonFields> given = fields.optionalObject("claims");
        if (given.isPresent()) {
            for (FulcioClaim claim : FulcioClaim.values()) {
                if (given.get().take(claim.label()).isPresent()) {
                    claims.put(claim, TextRuleCodec.read(given.get(), claim.label()));
                }
            }
            given.get().end();
        }
        fields.end();
        return new Proof.Keyless(name, issuer, claims);
    }

    private static Proof securityKey(JsonFields fields) throws FormatException {
        if (!(key(fields.requiredText("key"), fields.at("key")) instanceof Proof.Key(String pem))) {
            throw new IllegalStateException("a key is one");
        }
        String id = fields.requiredText("rpId");
        if (!RelyingParty.isDomain(id)) {
            throw FormatException.fieldInvalid(fields.at("rpId"), "a domain in lower case", FormatException.quoted(id));
        }
        List<String> origins = fields.take("origins").isEmpty() ? List.of("https://" + id) : PolicyCodec.texts(fields, "origins", MAX_ORIGINS);
        for (int i = 0; i < origins.size(); i++) {
            if (!RelyingParty.belongs(origins.get(i), id)) {
                throw FormatException.fieldInvalid(fields.at("origins", i), "an origin such as https://" + id + ", at the relying party's domain or below it",
                        FormatException.quoted(origins.get(i)));
            }
        }
        RelyingParty relyingParty = new RelyingParty(id, origins, flag(fields, "userVerified", true), flag(fields, "syncedAllowed", false));
        @Nullable Enrolment enrolment = enrolment(fields);
        fields.end();
        return new Proof.SecurityKey(pem, relyingParty, enrolment);
    }

    /// How the credential was made. Without that nothing says on which model it is.
    private static @Nullable Enrolment enrolment(JsonFields fields) throws FormatException {
        Optional<JsonFields> registration = fields.optionalObject("registration");
        List<String> aaguids = fields.take("aaguids").isEmpty() ? List.of() : PolicyCodec.texts(fields, "aaguids", MAX_MODELS);
        for (int i = 0; i < aaguids.size(); i++) {
            if (!AAGUID.matcher(aaguids.get(i)).matches()) {
                throw FormatException.fieldInvalid(fields.at("aaguids", i), "a UUID in lower case", FormatException.quoted(aaguids.get(i)));
            }
        }
        Optional<String> roots = fields.text("attestationRoots");
        if (registration.isEmpty()) {
            if (!aaguids.isEmpty() || roots.isPresent()) {
                throw FormatException.fieldMissing(fields.at("registration"), "the registration, which aaguids and attestationRoots are held against");
            }
            return null;
        }
        Enrolment enrolment = new Enrolment(part(registration.get(), "attestationObject"), part(registration.get(), "clientDataJSON"), aaguids,
                roots.isEmpty() ? List.of() : certificates(roots.get(), MAX_MODELS, fields.at("attestationRoots")));
        registration.get().end();
        return enrolment;
    }

    private static Bytes part(JsonFields fields, String name) throws FormatException {
        Bytes bytes = fields.requiredBytes(name);
        if (bytes.size() > Enrolment.MAX_LENGTH) {
            throw FormatException.tooLarge(fields.at(name), "bytes", bytes.size(), Enrolment.MAX_LENGTH);
        }
        return bytes;
    }

    private static boolean flag(JsonFields fields, String name, boolean usual) throws FormatException {
        JsonValue value = fields.take(name).orElse(new JsonValue.JsonBoolean(usual));
        if (value instanceof JsonValue.JsonBoolean(boolean flag)) {
            return flag;
        }
        throw FormatException.fieldInvalid(fields.at(name), "true or false", value.kind());
    }

    private static Proof authority(JsonFields fields) throws FormatException {
        TextRule name = TextRuleCodec.read(fields, "name");
        List<Bytes> certificates = certificates(fields.requiredText("certificates"), CertificateAuthority.MAX_CHAIN, fields.at("certificates"));
        fields.end();
        return new Proof.Authority(certificates, name);
    }

    private static List<Bytes> certificates(String pem, int limit, String place) throws FormatException {
        List<Bytes> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.readAll(pem, limit, place)) {
            if (!block.label().equals("CERTIFICATE") || block.content().isEmpty()) {
                throw FormatException.fieldInvalid(place, "certificates in PEM", FormatException.quoted(block.label()));
            }
            certificates.add(block.content());
        }
        return certificates;
    }
}
