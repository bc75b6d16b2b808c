package dev.chancery.formats.sigstore;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bundle.SigstoreBundle.Version;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.log.TransparencyLogEntry.KindVersion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.Base64Text;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.pem.PemBlock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads the bundles that cosign wrote before it knew Sigstore's, and still writes with `--new-bundle-format=false`
/// (cosign v3, pkg/cosign, LocalSignedPayload), as bundles of version 0.1: a signature with, at most, a certificate or key and the
/// promise of a Rekor v1 log.
///
/// ```text
/// {"base64Signature": …, "cert": base64 of PEM, "rekorBundle": {"SignedEntryTimestamp": …,
///   "Payload": {"body": …, "integratedTime": 1795248939, "logIndex": 16, "logID": hexadecimal}}}
/// ```
///
/// Where a signature belongs, an attestation has its whole DSSE envelope.
final class CosignBundleCodec {
    /// What tells this form from Sigstore's.
    static final String SIGNATURE = "base64Signature";

    private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999

    private CosignBundleCodec() {}

    static SigstoreBundle read(JsonFields fields) throws FormatException {
        Bytes signature = fields.requiredBytes(SIGNATURE);
        Optional<String> cert = fields.text("cert");
        KeyMaterial key = cert.isPresent() ? keyMaterial(cert.get(), fields.at("cert")) : new KeyMaterial.PublicKeyHint("");
        Optional<JsonFields> promise = fields.optionalObject("rekorBundle");
        List<TransparencyLogEntry> entries = promise.isPresent() ? List.of(entry(promise.get())) : List.of();
        fields.end();
        return new SigstoreBundle(Version.V0_1, key, entries, List.of(), content(signature, fields.at(SIGNATURE)));
    }

    /// No signature algorithm makes signatures that are JSON objects in UTF-8: DER and CBOR begin otherwise, and of fixed-length random
    /// bytes it isn't to be expected.
    private static Content content(Bytes signature, String place) throws FormatException {
        if (signature.at(0) != '{' || signature.utf8().isEmpty()) {
            return new Content.MessageSignature(null, signature);
        }
        JsonFields envelope = JsonFields.of(StrictJson.parse(signature, 2 * DssePayload.MAX_LENGTH), place);
        return new Content.Dsse(EnvelopeCodec.read(envelope));
    }

    private static KeyMaterial keyMaterial(String cert, String place) throws FormatException {
        String pem = cert.startsWith(PemBlock.BEGIN) ? cert
                : Base64Text.canonical(cert, place).utf8().orElseThrow(() -> FormatException.fieldInvalid(place, "PEM in base64", "no text"));
        PemBlock block = PemBlock.read(pem, place);
        return switch (block.label()) {
            case "CERTIFICATE" -> new KeyMaterial.Certificates(List.of(block.content()));
            case "PUBLIC KEY" -> new KeyMaterial.PublicKeyHint(HashAlgorithm.SHA_256.digest(block.content()).value().toBase64());
            default -> throw FormatException.fieldInvalid(place, "a certificate or public key in PEM", FormatException.quoted(block.label()));
        };
    }

    private static TransparencyLogEntry entry(JsonFields fields) throws FormatException {
        Bytes signedEntryTimestamp = fields.requiredBytes("SignedEntryTimestamp");
        JsonFields payload = fields.object("Payload");
        fields.end();
        Bytes body = payload.requiredBytes("body");
        long integratedTime = within(payload, "integratedTime", LAST_SECOND);
        long logIndex = within(payload, "logIndex", Long.MAX_VALUE);
        Bytes logId = logId(payload.requiredText("logID"), payload.at("logID"));
        payload.end();
        JsonFields entry = JsonFields.of(StrictJson.parse(body, SigstoreBundle.MAX_LENGTH), payload.at("body"));
        KindVersion kindVersion = kindVersion(entry);
        return new TransparencyLogEntry(logIndex, logId, kindVersion, integratedTime == 0 ? null : Instant.ofEpochSecond(integratedTime),
                signedEntryTimestamp, null, body);
    }

    private static long within(JsonFields fields, String name, long most) throws FormatException {
        long value = fields.int64(name);
        if (value < 0 || value > most) {
            throw FormatException.fieldInvalid(fields.at(name), "a number from 0 to " + most, Long.toString(value));
        }
        return value;
    }

    private static Bytes logId(String hex, String place) throws FormatException {
        int digits = 2 * HashAlgorithm.SHA_256.length();
        if (!hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw FormatException.fieldInvalid(place, "lower-case hexadecimal digits", FormatException.quoted(hex));
        }
        if (hex.length() != digits) {
            throw FormatException.digestLength(place, digits + " hexadecimal digits for SHA2_256", Integer.toString(hex.length()));
        }
        return Bytes.fromHex(hex);
    }

    /// The kind stands only inside the entry itself. What else is in there isn't read here.
    private static KindVersion kindVersion(JsonFields entry) throws FormatException {
        String kind = entry.requiredText("kind");
        String version = entry.requiredText("apiVersion");
        if (kind.isEmpty() || version.isEmpty()) {
            throw FormatException.fieldMissing(entry.at("kind"), "the kind and version of the entry");
        }
        return new KindVersion(kind, version);
    }
}
