package dev.chancery.adapters.kms.azure;

import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyAttestation;
import com.azure.security.keyvault.keys.models.KeyCurveName;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.PemCertificates;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.ServiceKey;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Attestation;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads what the service tells of a key version: a JSON Web Key (RFC 7518 §6) and its attributes.
final class AzureKeys {
    private final PublicKeyDecoder decoder;
    private final Predicate<String> attests;

    /// @param attests whether a host is one of the service's that attest to keys
    AzureKeys(PublicKeyDecoder decoder, Predicate<String> attests) {
        this.decoder = decoder;
        this.attests = attests;
    }

    /// Whether this host attests to keys.
    boolean attests(String host) {
        return attests.test(host);
    }

    ServiceKey read(String host, KeyVaultKey key) throws ServiceFailure {
        KeyProperties properties = key.getProperties();
        PublicKey publicKey = publicKey(key.getKey());
        return new ServiceKey("azurekms://" + host + "/" + key.getName() + "/" + properties.getVersion(), key.getId(), key.getName(), publicKey,
                algorithms(publicKey), facts(key, properties));
    }

    private static List<Fact> facts(KeyVaultKey key, KeyProperties properties) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("keyVersion", properties.getVersion()));
        facts.add(new Fact("enabled", Boolean.FALSE.equals(properties.isEnabled()) ? "no" : "yes"));
        facts.add(new Fact("protection", isHardware(key) ? "HSM" : "software"));
        add(facts, "hsmPlatform", properties.getHsmPlatform());
        facts.add(new Fact("exportable", Boolean.TRUE.equals(properties.isExportable()) ? "yes" : "no"));
        add(facts, "created", properties.getCreatedOn());
        add(facts, "notBefore", properties.getNotBefore());
        add(facts, "expires", properties.getExpiresOn());
        add(facts, "recoveryLevel", properties.getRecoveryLevel());
        facts.add(new Fact("attestation", properties.getKeyAttestation() == null ? "not given" : "given"));
        return facts;
    }

    private static boolean isHardware(KeyVaultKey key) {
        return KeyType.EC_HSM.equals(key.getKeyType()) || KeyType.RSA_HSM.equals(key.getKeyType());
    }

    /// By its name: `NAME.managedhsm.azure.net`, and the same in other clouds.
    static boolean isManagedHsm(String host) {
        return host.toLowerCase(Locale.ROOT).contains(".managedhsm.");
    }

    /// The service's own word. It doesn't say whether an HSM key was made there or brought along; `exportable` is settled when a version is
    /// made (*Key release*), so that what isn't never was.
    KeyEvidence evidence(String host, KeyVaultKey key) throws ServiceFailure {
        KeyProperties properties = key.getProperties();
        Claim kept = !isHardware(key) ? Claim.NOT_SAID : Boolean.TRUE.equals(properties.isExportable()) ? Claim.NO : Claim.YES;
        List<Fact> device = new ArrayList<>();
        device.add(new Fact("device", attests(host) ? "Azure managed HSM" : "Azure Key Vault"));
        device.add(new Fact("protection", isHardware(key) ? "HSM" : "software"));
        add(device, "hsmPlatform", properties.getHsmPlatform());
        List<Bytes> certificates = new ArrayList<>();
        List<Attestation> attestations = new ArrayList<>();
        KeyAttestation given = properties.getKeyAttestation();
        if (given != null) {
            String version = given.getVersion() == null ? "" : " " + given.getVersion();
            attest(attestations, "privateKeyAttestation" + version, given.getPrivateKeyAttestation());
            attest(attestations, "publicKeyAttestation" + version, given.getPublicKeyAttestation());
            if (given.getCertificatePemFile() != null) {
                certificates.addAll(PemCertificates.of(new String(given.getCertificatePemFile(), StandardCharsets.US_ASCII), "the attestation of " + key.getId()));
            }
        }
        return new KeyEvidence(read(host, key).description(), Claim.NOT_SAID, kept, kept, device, certificates, attestations);
    }

    private static void attest(List<Attestation> attestations, String format, byte @Nullable [] document) {
        if (document != null) {
            attestations.add(new Attestation(format, Bytes.copyOf(document)));
        }
    }

    private static void add(List<Fact> facts, String name, @Nullable Object value) {
        if (value != null) {
            facts.add(new Fact(name, value.toString()));
        }
    }

    /// A key signs with the hash of its own strength only: a P-384 key makes no SHA-256 signatures (ES256 is P-256's).
    private static Set<SignatureAlgorithm> algorithms(PublicKey key) {
        EnumSet<SignatureAlgorithm> algorithms = EnumSet.copyOf(SignatureAlgorithm.forKey(key));
        algorithms.remove(SignatureAlgorithm.ECDSA_P384_SHA_256);
        return algorithms;
    }

    static com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm name(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ECDSA_P256_SHA_256 -> com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm.ES256;
            case ECDSA_P384_SHA_384 -> com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm.ES384;
            case ECDSA_P521_SHA_512 -> com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm.ES512;
            case RSA_PKCS1_SHA_256 -> com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm.RS256;
            case RSA_PSS_SHA_256 -> com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm.PS256;
            case ECDSA_P384_SHA_256, ED25519, ED25519_PH, ML_DSA_44, ML_DSA_65, ML_DSA_87, GOST_2012_256, GOST_2012_512, SM2_SM3 ->
                    throw new IllegalArgumentException("not a signature the service makes");
        };
    }

    /// The decoder checks that the point is on its curve.
    private PublicKey publicKey(JsonWebKey key) throws ServiceFailure {
        try {
            PublicKey told = KeyType.EC.equals(key.getKeyType()) || KeyType.EC_HSM.equals(key.getKeyType()) ? ec(key) : rsa(key);
            return decoder.decodeDer(told.subjectPublicKeyInfo());
        } catch (PublicKeyException | IllegalArgumentException e) {
            throw ServiceFailure.of(Fault.UNSOUND, "the public key in the answer cannot be read: " + ServiceFailure.words(e.getMessage()), e);
        }
    }

    private static PublicKey ec(JsonWebKey key) throws ServiceFailure {
        KeyCurveName name = key.getCurveName();
        Curve curve;
        if (KeyCurveName.P_256.equals(name)) {
            curve = Curve.P_256;
        } else if (KeyCurveName.P_384.equals(name)) {
            curve = Curve.P_384;
        } else if (KeyCurveName.P_521.equals(name)) {
            curve = Curve.P_521;
        } else {
            throw ServiceFailure.of(Fault.ALGORITHM, "the key is on the curve " + name + ", which is not used here", null);
        }
        return new EcPublicKey(curve, Bytes.copyOf(new byte[] {4}).concat(fixed(key.getX(), curve)).concat(fixed(key.getY(), curve)));
    }

    private static PublicKey rsa(JsonWebKey key) throws ServiceFailure {
        if (!KeyType.RSA.equals(key.getKeyType()) && !KeyType.RSA_HSM.equals(key.getKeyType())) {
            throw ServiceFailure.of(Fault.USAGE_WRONG, "the key is of type " + key.getKeyType() + ", which does not sign", null);
        }
        if (key.getN() == null || key.getE() == null) {
            throw new IllegalArgumentException("n or e is missing");
        }
        return new RsaPublicKey(new BigInteger(1, key.getN()), new BigInteger(1, key.getE()));
    }

    /// A coordinate has the length of its field (RFC 7518 §6.2.1.2); shorter and longer ones with zeros in front are understood too.
    private static Bytes fixed(byte @Nullable [] coordinate, Curve curve) {
        if (coordinate == null) {
            throw new IllegalArgumentException("x or y is missing");
        }
        byte[] minimal = new BigInteger(1, coordinate).toByteArray();
        int from = minimal[0] == 0 ? 1 : 0;
        int length = minimal.length - from;
        if (length > curve.fieldLength()) {
            throw new IllegalArgumentException("a coordinate is longer than its field");
        }
        byte[] out = new byte[curve.fieldLength()];
        System.arraycopy(minimal, from, out, out.length - length, length);
        return Bytes.copyOf(out);
    }
}
