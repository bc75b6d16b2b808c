package dev.chancery.formats.sigstore;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bundle.SigstoreBundle.Version;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads and writes Sigstore bundles as proto3 JSON. Unknown members are refused, as cosign and sigstore-go refuse them.
public final class BundleCodec {
    private static final String V0_3_PARAMETER = "application/vnd.dev.sigstore.bundle+json;version=0.3";

    private BundleCodec() {}

    /// Reads a bundle.
    ///
    /// @throws FormatException when it isn't one
    public static SigstoreBundle read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.ofProtobuf(StrictJson.parse(json, SigstoreBundle.MAX_LENGTH), "");
        Version version = version(fields.requiredText("mediaType"));
        JsonFields material = fields.object("verificationMaterial");
        KeyMaterial key = keyMaterial(material, version);
        List<Bytes> logEntries = new ArrayList<>();
        for (JsonValue entry : material.array("tlogEntries")) {
            JsonFields.ofProtobuf(entry, "verificationMaterial.tlogEntries");
            logEntries.add(JsonText.compact(entry));
        }
        List<Bytes> timestamps = timestamps(material);
        material.end();
        Content content = content(fields);
        fields.end();
        return new SigstoreBundle(version, key, logEntries, timestamps, content);
    }

    private static Version version(String mediaType) throws FormatException {
        for (Version version : Version.values()) {
            if (version.mediaType().equals(mediaType)) {
                return version;
            }
        }
        if (mediaType.equals(V0_3_PARAMETER)) {
            return Version.V0_3;
        }
        throw FormatException.mediaTypeUnsupported("mediaType", "a Sigstore bundle of version 0.1 to 0.3", FormatException.quoted(mediaType));
    }

    private static KeyMaterial keyMaterial(JsonFields material, Version version) throws FormatException {
        Optional<JsonValue> publicKey = material.take("publicKey");
        Optional<JsonValue> certificate = material.take("certificate");
        Optional<JsonValue> chain = material.take("x509CertificateChain");
        int given = (publicKey.isPresent() ? 1 : 0) + (certificate.isPresent() ? 1 : 0) + (chain.isPresent() ? 1 : 0);
        if (given != 1) {
            throw FormatException.fieldInvalid("verificationMaterial",
                    "exactly one of publicKey, certificate and x509CertificateChain", Integer.toString(given));
        }
        if (publicKey.isPresent()) {
            JsonFields fields = JsonFields.ofProtobuf(publicKey.get(), "verificationMaterial.publicKey");
            String hint = fields.text("hint").orElse("");
            fields.end();
            return new KeyMaterial.PublicKeyHint(hint);
        }
        if (certificate.isPresent()) {
            return new KeyMaterial.Certificates(List.of(certificate(certificate.get(), "verificationMaterial.certificate")));
        }
        if (version == Version.V0_3) {
            throw FormatException.fieldInvalid("verificationMaterial", "certificate, as version 0.3 has it", "x509CertificateChain");
        }
        JsonFields fields = JsonFields.ofProtobuf(chain.orElseThrow(), "verificationMaterial.x509CertificateChain");
        List<Bytes> certificates = new ArrayList<>();
        for (JsonValue element : fields.array("certificates")) {
            certificates.add(certificate(element, "verificationMaterial.x509CertificateChain.certificates"));
        }
        fields.end();
        if (certificates.isEmpty()) {
            throw FormatException.fieldMissing("verificationMaterial.x509CertificateChain.certificates", "at least one certificate");
        }
        return new KeyMaterial.Certificates(certificates);
    }

    private static Bytes certificate(JsonValue value, String path) throws FormatException {
        JsonFields fields = JsonFields.ofProtobuf(value, path);
        Bytes der = fields.bytes("rawBytes");
        fields.end();
        return der;
    }

    private static List<Bytes> timestamps(JsonFields material) throws FormatException {
        List<Bytes> timestamps = new ArrayList<>();
        Optional<JsonValue> data = material.take("timestampVerificationData");
        if (data.isPresent()) {
            JsonFields fields = JsonFields.ofProtobuf(data.get(), "verificationMaterial.timestampVerificationData");
            for (JsonValue element : fields.array("rfc3161Timestamps")) {
                JsonFields timestamp = JsonFields.ofProtobuf(element, fields.at("rfc3161Timestamps"));
                timestamps.add(timestamp.bytes("signedTimestamp"));
                timestamp.end();
            }
            fields.end();
        }
        return timestamps;
    }

    private static Content content(JsonFields fields) throws FormatException {
        Optional<JsonValue> message = fields.take("messageSignature");
        Optional<JsonValue> envelope = fields.take("dsseEnvelope");
        if (message.isPresent() == envelope.isPresent()) {
            throw FormatException.fieldInvalid("", "exactly one of messageSignature and dsseEnvelope", message.isPresent() ? "both" : "neither");
        }
        return message.isPresent() ? messageSignature(message.get()) : new Content.Dsse(envelope(envelope.orElseThrow()));
    }

    private static Content messageSignature(JsonValue value) throws FormatException {
        JsonFields fields = JsonFields.ofProtobuf(value, "messageSignature");
        Optional<JsonValue> digestValue = fields.take("messageDigest");
        Bytes signature = fields.bytes("signature");
        fields.end();
        if (digestValue.isEmpty()) {
            return new Content.MessageSignature(null, signature);
        }
        JsonFields digest = JsonFields.ofProtobuf(digestValue.get(), "messageSignature.messageDigest");
        String name = digest.requiredText("algorithm");
        HashAlgorithm algorithm = HashAlgorithm.ofSigstoreName(name).orElseThrow(() -> FormatException.fieldInvalid(
                "messageSignature.messageDigest.algorithm", "SHA2_256, SHA2_384 or SHA2_512", FormatException.quoted(name)));
        Bytes bytes = digest.bytes("digest");
        digest.end();
        if (bytes.size() != algorithm.length()) {
            throw FormatException.digestLength("messageSignature.messageDigest.digest", algorithm.length() + " bytes for " + name,
                    Integer.toString(bytes.size()));
        }
        return new Content.MessageSignature(new Digest(algorithm, bytes), signature);
    }

    private static DsseEnvelope envelope(JsonValue value) throws FormatException {
        JsonFields fields = JsonFields.ofProtobuf(value, "dsseEnvelope");
        Bytes payload = fields.bytes("payload");
        if (payload.size() > DssePayload.MAX_LENGTH) {
            throw FormatException.tooLarge("dsseEnvelope.payload", "bytes", payload.size(), DssePayload.MAX_LENGTH);
        }
        String payloadType = fields.requiredText("payloadType");
        List<DsseEnvelope.DsseSignature> signatures = new ArrayList<>();
        for (JsonValue element : fields.array("signatures")) {
            JsonFields signature = JsonFields.ofProtobuf(element, "dsseEnvelope.signatures");
            Bytes sig = signature.bytes("sig");
            String keyId = signature.text("keyid").orElse("");
            signature.end();
            signatures.add(new DsseEnvelope.DsseSignature(keyId, sig));
        }
        fields.end();
        return new DsseEnvelope(new DssePayload(payloadType, payload), signatures);
    }

    /// Writes a bundle with public key and without log evidence, as version 0.3.
    ///
    /// @throws IllegalArgumentException for what is not written yet: certificates, log entries, timestamps
    public static Bytes write(SigstoreBundle bundle) {
        if (!(bundle.keyMaterial() instanceof KeyMaterial.PublicKeyHint hint) || !bundle.logEntries().isEmpty() || !bundle.timestamps().isEmpty()) {
            throw new IllegalArgumentException("only bundles with a public key and without further evidence are written");
        }
        var publicKey = JsonText.object();
        if (!hint.hint().isEmpty()) {
            publicKey.put("hint", hint.hint());
        }
        var out = JsonText.object()
                .put("mediaType", Version.V0_3.mediaType())
                .put("verificationMaterial", JsonText.object().put("publicKey", publicKey.build()).build());
        switch (bundle.content()) {
            case Content.MessageSignature message -> {
                var fields = JsonText.object();
                message.digest().ifPresent(digest -> fields.put("messageDigest", JsonText.object()
                        .put("algorithm", digest.algorithm().sigstoreName())
                        .put("digest", digest.value().toBase64())
                        .build()));
                out.put("messageSignature", fields.put("signature", message.signature().toBase64()).build());
            }
            case Content.Dsse dsse -> out.put("dsseEnvelope", JsonText.object()
                    .put("payload", dsse.envelope().payload().content().toBase64())
                    .put("payloadType", dsse.envelope().payload().payloadType())
                    .put("signatures", JsonText.array(dsse.envelope().signatures().stream()
                            .<JsonValue>map(signature -> JsonText.object().put("sig", signature.signature().toBase64()).build())
                            .toList()))
                    .build());
        }
        return JsonText.compact(out.build());
    }
}
