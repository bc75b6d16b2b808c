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
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads and writes Sigstore bundles of version 0.1 to 0.3 (protobuf-specs v0.5, sigstore_bundle.proto) in the JSON mapping of protocol
/// buffers.
///
/// Written are lowerCamelCase names, integers of 64 bits as strings, padded base64 and no default values, as cosign does. Read is all
/// that the mapping allows: names as in the `.proto` files too, integers as numbers, enumerations by number, either base64
/// alphabet without padding, and `null` for absent. Unknown members are refused, as cosign and sigstore-go refuse them.
public final class BundleCodec {
    private static final String MATERIAL = "verificationMaterial";
    private static final String OLD_SPELLING = "application/vnd.dev.sigstore.bundle+json;version=";
    private static final String NEW_SPELLING = "application/vnd.dev.sigstore.bundle.v";

    private BundleCodec() {}

    /// Reads a bundle: Sigstore's, or one in the form that cosign had before (`base64Signature`, `cert`, `rekorBundle`), which is
    /// brought into version 0.1.
    ///
    /// @param json at most [SigstoreBundle#MAX_LENGTH]
    /// @throws FormatException when it isn't one, or is over a limit
    public static SigstoreBundle read(Bytes json) throws FormatException {
        JsonValue document = StrictJson.parse(json, SigstoreBundle.MAX_LENGTH);
        if (JsonFields.membersOf(document, "").containsKey(CosignBundleCodec.SIGNATURE)) {
            return CosignBundleCodec.read(JsonFields.of(document, ""));
        }
        return read(JsonFields.ofProtobuf(document, ""), null);
    }

    /// Reads a bundle that is part of a quorum: its envelope's payload is the quorum's, and not said again.
    ///
    /// @param path where it stands, for messages
    /// @throws FormatException when it isn't one, or is over a limit
    public static SigstoreBundle readMember(JsonValue member, String path, DssePayload payload) throws FormatException {
        return read(JsonFields.ofProtobuf(member, path), payload);
    }

    private static SigstoreBundle read(JsonFields fields, @Nullable DssePayload payload) throws FormatException {
        Version version = version(fields);
        JsonFields material = fields.object(MATERIAL);
        KeyMaterial key = keyMaterial(material, version);
        List<TransparencyLogEntry> logEntries = new ArrayList<>();
        for (JsonFields entry : material.objects("tlogEntries", SigstoreBundle.MAX_LOG_ENTRIES)) {
            logEntries.add(LogEntryCodec.read(entry, version));
        }
        List<Bytes> timestamps = timestamps(material);
        material.end();
        Content content = content(fields, payload);
        fields.end();
        return new SigstoreBundle(version, key, logEntries, timestamps, content);
    }

    private static Version version(JsonFields fields) throws FormatException {
        String mediaType = fields.requiredText("mediaType");
        return switch (mediaType) {
            case OLD_SPELLING + "0.1", NEW_SPELLING + "0.1+json" -> Version.V0_1;
            case OLD_SPELLING + "0.2", NEW_SPELLING + "0.2+json" -> Version.V0_2;
            case OLD_SPELLING + "0.3", NEW_SPELLING + "0.3+json" -> Version.V0_3;
            default -> throw FormatException.mediaTypeUnsupported(fields.at("mediaType"), "a Sigstore bundle of version 0.1, 0.2 or 0.3",
                    FormatException.quoted(mediaType));
        };
    }

    private static KeyMaterial keyMaterial(JsonFields material, Version version) throws FormatException {
        Optional<JsonFields> publicKey = material.optionalObject("publicKey");
        Optional<JsonFields> certificate = material.optionalObject("certificate");
        Optional<JsonFields> chain = material.optionalObject("x509CertificateChain");
        int given = (publicKey.isPresent() ? 1 : 0) + (certificate.isPresent() ? 1 : 0) + (chain.isPresent() ? 1 : 0);
        if (given != 1) {
            throw FormatException.fieldInvalid(MATERIAL, "exactly one of publicKey, certificate and x509CertificateChain",
                    given == 0 ? "none" : given + " of them");
        }
        if (publicKey.isPresent()) {
            String hint = publicKey.get().text("hint").orElse("");
            publicKey.get().end();
            return new KeyMaterial.PublicKeyHint(hint);
        }
        if (certificate.isPresent()) {
            return new KeyMaterial.Certificates(List.of(der(certificate.get())));
        }
        if (version == Version.V0_3) {
            throw FormatException.fieldInvalid(MATERIAL, "a leaf certificate or a public key, as version 0.3 has them",
                    "x509CertificateChain");
        }
        return new KeyMaterial.Certificates(ProtobufParts.certificates(chain.orElseThrow(), SigstoreBundle.MAX_CHAIN));
    }

    private static Bytes der(JsonFields certificate) throws FormatException {
        Bytes der = certificate.requiredBytes("rawBytes");
        certificate.end();
        return der;
    }

    private static List<Bytes> timestamps(JsonFields material) throws FormatException {
        List<Bytes> timestamps = new ArrayList<>();
        Optional<JsonFields> data = material.optionalObject("timestampVerificationData");
        if (data.isPresent()) {
            for (JsonFields timestamp : data.get().objects("rfc3161Timestamps", SigstoreBundle.MAX_TIMESTAMPS)) {
                timestamps.add(timestamp.requiredBytes("signedTimestamp"));
                timestamp.end();
            }
            data.get().end();
        }
        return timestamps;
    }

    private static Content content(JsonFields fields, @Nullable DssePayload payload) throws FormatException {
        Optional<JsonFields> message = fields.optionalObject("messageSignature");
        Optional<JsonFields> envelope = fields.optionalObject("dsseEnvelope");
        if (message.isPresent() == envelope.isPresent()) {
            throw FormatException.fieldInvalid(fields.path(), "exactly one of messageSignature and dsseEnvelope",
                    message.isPresent() ? "both" : "neither");
        }
        if (message.isPresent()) {
            return messageSignature(message.get());
        }
        JsonFields signed = envelope.orElseThrow();
        return new Content.Dsse(payload == null ? EnvelopeCodec.read(signed) : EnvelopeCodec.readSignatures(signed, payload));
    }

    private static Content messageSignature(JsonFields fields) throws FormatException {
        Optional<JsonFields> digest = fields.optionalObject("messageDigest");
        Bytes signature = fields.requiredBytes("signature");
        fields.end();
        return new Content.MessageSignature(digest.isPresent() ? digest(digest.get()) : null, signature);
    }

    private static Digest digest(JsonFields fields) throws FormatException {
        HashAlgorithm algorithm = ProtobufParts.hashAlgorithm(fields, "algorithm");
        Bytes value = fields.requiredBytes("digest");
        fields.end();
        if (value.size() != algorithm.length()) {
            throw FormatException.digestLength(fields.at("digest"), algorithm.length() + " bytes for " + algorithm.sigstoreName(),
                    Integer.toString(value.size()));
        }
        return new Digest(algorithm, value);
    }

    /// Writes a bundle in the version that it says, without white space.
    public static Bytes write(SigstoreBundle bundle) {
        return JsonText.compact(json(bundle, EnvelopeCodec::write));
    }

    /// Writes what a bundle says about its signature, without the signature: the message `VerificationMaterial` of sigstore_bundle.proto.
    public static Bytes writeMaterial(SigstoreBundle bundle) {
        return JsonText.compact(material(bundle));
    }

    /// The JSON of a bundle that is part of a quorum: without its envelope's payload.
    public static JsonValue writeMember(SigstoreBundle bundle) {
        return json(bundle, EnvelopeCodec::writeSignatures);
    }

    private static JsonValue json(SigstoreBundle bundle, Function<DsseEnvelope, JsonValue> envelopes) {
        var out = JsonText.object().put("mediaType", bundle.version().mediaType()).put(MATERIAL, material(bundle));
        switch (bundle.content()) {
            case Content.MessageSignature message -> out.put("messageSignature", messageSignature(message));
            case Content.Dsse dsse -> out.put("dsseEnvelope", envelopes.apply(dsse.envelope()));
        }
        return out.build();
    }

    private static JsonValue material(SigstoreBundle bundle) {
        var material = JsonText.object();
        writeKeyMaterial(bundle, material);
        if (!bundle.logEntries().isEmpty()) {
            material.put("tlogEntries", array(bundle.logEntries().stream().map(LogEntryCodec::write).toList()));
        }
        if (!bundle.timestamps().isEmpty()) {
            material.put("timestampVerificationData", JsonText.object()
                    .put("rfc3161Timestamps", array(bundle.timestamps().stream()
                            .map(timestamp -> JsonText.object().put("signedTimestamp", timestamp.toBase64()).build()).toList()))
                    .build());
        }
        return material.build();
    }

    /// Writes an envelope alone, as DSSE's JSON (DSSE v1.0.2 envelope.md).
    public static Bytes writeEnvelope(DsseEnvelope envelope) {
        return JsonText.compact(EnvelopeCodec.write(envelope));
    }

    private static void writeKeyMaterial(SigstoreBundle bundle, JsonText.ObjectBuilder material) {
        switch (bundle.keyMaterial()) {
            case KeyMaterial.PublicKeyHint(String hint) -> {
                var publicKey = JsonText.object();
                if (!hint.isEmpty()) {
                    publicKey.put("hint", hint);
                }
                material.put("publicKey", publicKey.build());
            }
            case KeyMaterial.Certificates certificates when bundle.version() == Version.V0_3 ->
                    material.put("certificate", ProtobufParts.certificate(certificates.leaf()));
            case KeyMaterial.Certificates(List<Bytes> chain) -> material.put("x509CertificateChain", ProtobufParts.certificates(chain));
        }
    }

    private static JsonValue messageSignature(Content.MessageSignature message) {
        var fields = JsonText.object();
        message.digest().ifPresent(digest -> fields.put("messageDigest", JsonText.object()
                .put("algorithm", digest.algorithm().sigstoreName())
                .put("digest", digest.value().toBase64())
                .build()));
        return fields.put("signature", message.signature().toBase64()).build();
    }

    private static JsonValue array(List<? extends JsonValue> elements) {
        return JsonText.array(List.copyOf(elements));
    }
}
