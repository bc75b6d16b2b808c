package dev.chancery.formats.rekor;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.log.LogEntryBody;
import dev.chancery.domain.log.LogEntryBody.LoggedSignature;
import dev.chancery.domain.log.LogEntryBody.Verifier;
import dev.chancery.domain.log.TransparencyLogEntry.KindVersion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.Base64Text;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads entry bodies.
public final class LogEntryBodyCodec {
    /// The largest body that is read, in bytes.
    public static final int MAX_LENGTH = 1024 * 1024;

    /// The most signatures of one envelope.
    public static final int MAX_SIGNATURES = 100;

    /// `hashedrekord` of Rekor v1.
    public static final KindVersion HASHED_REKORD_V1 = new KindVersion("hashedrekord", "0.0.1");

    /// `hashedrekord` of Rekor v2.
    public static final KindVersion HASHED_REKORD_V2 = new KindVersion("hashedrekord", "0.0.2");

    /// `dsse` of Rekor v1.
    public static final KindVersion DSSE_V1 = new KindVersion("dsse", "0.0.1");

    /// `intoto` of Rekor v1.
    public static final KindVersion INTOTO_V1 = new KindVersion("intoto", "0.0.2");

    /// What can be read.
    public static final List<KindVersion> KINDS = List.of(HASHED_REKORD_V1, HASHED_REKORD_V2, DSSE_V1, INTOTO_V1);

    private LogEntryBodyCodec() {}

    /// Reads the body of an entry, whose own kind and version must be those that are asked for.
    ///
    /// @param kindVersion one of [#KINDS]
    /// @throws FormatException when it isn't such a body
    /// @throws IllegalArgumentException when it is asked for another kind
    public static LogEntryBody read(Bytes body, KindVersion kindVersion) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(body, MAX_LENGTH), "");
        expect(fields, "kind", kindVersion.kind());
        expect(fields, "apiVersion", kindVersion.version());
        JsonFields spec = fields.object("spec");
        if (kindVersion.equals(HASHED_REKORD_V1)) {
            return hashedRekordV1(spec);
        } else if (kindVersion.equals(HASHED_REKORD_V2)) {
            return hashedRekordV2(JsonFields.ofProtobuf(spec.required("hashedRekordV002"), spec.at("hashedRekordV002")));
        } else if (kindVersion.equals(DSSE_V1)) {
            return dsse(spec);
        } else if (kindVersion.equals(INTOTO_V1)) {
            return intoto(spec.object("content"));
        }
        throw new IllegalArgumentException("not a kind that can be read: " + kindVersion);
    }

    private static void expect(JsonFields fields, String name, String expected) throws FormatException {
        String found = fields.requiredText(name);
        if (!found.equals(expected)) {
            throw FormatException.fieldInvalid(fields.at(name), FormatException.quoted(expected), FormatException.quoted(found));
        }
    }

    private static LogEntryBody hashedRekordV1(JsonFields spec) throws FormatException {
        Digest digest = hash(spec.object("data").object("hash"));
        JsonFields signature = spec.object("signature");
        JsonFields key = signature.object("publicKey");
        return new LogEntryBody.HashedRekord(digest, new LoggedSignature(signature.requiredBytes("content"),
                PemVerifier.read(key.requiredBytes("content"), key.at("content"))));
    }

    private static LogEntryBody hashedRekordV2(JsonFields spec) throws FormatException {
        JsonFields data = spec.object("data");
        String name = data.requiredText("algorithm");
        HashAlgorithm algorithm = HashAlgorithm.ofSigstoreName(name).orElseThrow(
                () -> FormatException.fieldInvalid(data.at("algorithm"), "SHA2_256, SHA2_384 or SHA2_512", FormatException.quoted(name)));
        Digest digest = digest(algorithm, data.requiredBytes("digest"), data.at("digest"));
        JsonFields signature = spec.object("signature");
        Bytes content = signature.requiredBytes("content");
        JsonFields verifier = signature.object("verifier");
        Optional<JsonFields> certificate = verifier.optionalObject("x509Certificate");
        Optional<JsonFields> key = verifier.optionalObject("publicKey");
        if (certificate.isPresent() == key.isPresent()) {
            throw FormatException.fieldInvalid(verifier.path(), "either a certificate or a public key", certificate.isPresent() ? "both" : "neither");
        }
        return new LogEntryBody.HashedRekord(digest, new LoggedSignature(content, certificate.isPresent()
                ? new Verifier.Certificate(certificate.get().requiredBytes("rawBytes"))
                : new Verifier.Key(key.orElseThrow().requiredBytes("rawBytes"))));
    }

    private static LogEntryBody dsse(JsonFields spec) throws FormatException {
        Digest payload = hash(spec.object("payloadHash"));
        List<LoggedSignature> signatures = new ArrayList<>();
        for (JsonFields signature : spec.objects("signatures", MAX_SIGNATURES)) {
            signatures.add(new LoggedSignature(signature.requiredBytes("signature"),
                    PemVerifier.read(signature.requiredBytes("verifier"), signature.at("verifier"))));
        }
        return new LogEntryBody.Envelope(payload, signatures);
    }

    /// The signatures are in base64 twice: the envelope's own text, encoded again (rekor, pkg/types/intoto/v0.0.2).
    private static LogEntryBody intoto(JsonFields content) throws FormatException {
        Digest payload = hash(content.object("payloadHash"));
        JsonFields envelope = content.object("envelope");
        List<LoggedSignature> signatures = new ArrayList<>();
        for (JsonFields signature : envelope.objects("signatures", MAX_SIGNATURES)) {
            String inner = signature.requiredBytes("sig").utf8()
                    .orElseThrow(() -> FormatException.notUtf8("bytes that are no UTF-8 in " + signature.at("sig")));
            signatures.add(new LoggedSignature(Base64Text.anyAlphabet(inner, signature.at("sig")),
                    PemVerifier.read(signature.requiredBytes("publicKey"), signature.at("publicKey"))));
        }
        return new LogEntryBody.Envelope(payload, signatures);
    }

    private static Digest hash(JsonFields hash) throws FormatException {
        String name = hash.requiredText("algorithm");
        HashAlgorithm algorithm = HashAlgorithm.ofInTotoName(name).orElseThrow(
                () -> FormatException.fieldInvalid(hash.at("algorithm"), "sha256, sha384 or sha512", FormatException.quoted(name)));
        String value = hash.requiredText("value");
        try {
            return digest(algorithm, Bytes.fromHex(value), hash.at("value"));
        } catch (IllegalArgumentException e) {
            throw FormatException.fieldInvalid(hash.at("value"), "hexadecimal", FormatException.quoted(value));
        }
    }

    private static Digest digest(HashAlgorithm algorithm, Bytes value, String path) throws FormatException {
        if (value.size() != algorithm.length()) {
            throw FormatException.digestLength(path, algorithm.length() + " bytes for " + algorithm.inTotoName(), Integer.toString(value.size()));
        }
        return new Digest(algorithm, value);
    }
}
