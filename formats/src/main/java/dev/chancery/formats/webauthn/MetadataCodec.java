package dev.chancery.formats.webauthn;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.webauthn.AuthenticatorMetadata;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads FIDO metadata: a metadata statement (version 3), an entry of the metadata service (version 3), or all of its entries. Members that are not needed are
/// passed over, since new ones come with each edition.
public final class MetadataCodec {
    /// The largest file that is read, in bytes. The service's has some 10 MB, most of it pictures.
    public static final int MAX_LENGTH = 64 * 1024 * 1024;

    private static final int MAX_HEADER = 1024 * 1024;
    private static final String AAGUID = "aaguid";

    private MetadataCodec() {}

    /// A JSON Web Signature in its compact form (RFC 7515 §7.1), as the service publishes its entries. Nothing about it is verified.
    ///
    /// @param algorithm as its header names it
    /// @param certificates of its header's `x5c`, the signer's first
    /// @param signed what the signature is over
    /// @param payload the entries, JSON
    public record Signed(String algorithm, List<Bytes> certificates, Bytes signed, Bytes payload, Bytes signature) {
        public Signed {
            certificates = List.copyOf(certificates);
        }
    }

    /// Whether a file is signed: no JSON begins as the base64url of a header does.
    public static boolean isSigned(Bytes file) {
        return file.size() > 2 && file.at(0) == 'e' && file.at(1) == 'y';
    }

    /// Reads a signed file.
    ///
    /// @throws FormatException when it isn't one
    public static Signed readSigned(Bytes file) throws FormatException {
        String text = file.utf8().orElse("").strip();
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw FormatException.fieldInvalid("metadata", "a header, a payload and a signature with dots between them", parts.length + " parts");
        }
        Map<String, JsonValue> header = JsonFields.membersOf(StrictJson.parse(decoded(parts[0], "header"), MAX_HEADER), "header");
        List<Bytes> certificates = new ArrayList<>();
        if (header.get("x5c") instanceof JsonValue.JsonArray array) {
            for (JsonValue each : array.elements()) {
                certificates.add(base64(each, "header.x5c"));
            }
        }
        if (certificates.isEmpty() || header.containsKey("crit")) {
            throw FormatException.fieldInvalid("header", "certificates in x5c, and no critical extensions", "something else");
        }
        return new Signed(text(header, "alg", "header"), certificates, Bytes.ofUtf8(parts[0] + "." + parts[1]), decoded(parts[1], "payload"), decoded(parts[2], "signature"));
    }

    private static Bytes decoded(String base64url, String place) throws FormatException {
        try {
            return Bytes.copyOf(Base64.getUrlDecoder().decode(base64url));
        } catch (IllegalArgumentException e) {
            throw FormatException.fieldInvalid(place, "base64url", "other characters");
        }
    }

    /// Finds a model.
    ///
    /// @param json a statement, an entry, or an object with `entries`
    /// @param aaguid a UUID in lower case
    /// @return nothing when there is nothing about it
    /// @throws FormatException when it is none of these
    public static Optional<AuthenticatorMetadata> find(Bytes json, String aaguid) throws FormatException {
        Map<String, JsonValue> document = JsonFields.membersOf(StrictJson.parse(json, MAX_LENGTH), "metadata");
        if (!(document.get("entries") instanceof JsonValue.JsonArray entries)) {
            return entry(document, aaguid);
        }
        for (JsonValue each : entries.elements()) {
            Optional<AuthenticatorMetadata> found = entry(JsonFields.membersOf(each, "entries"), aaguid);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<AuthenticatorMetadata> entry(Map<String, JsonValue> entry, String aaguid) throws FormatException {
        if (!(entry.get(AAGUID) instanceof JsonValue.JsonString(String model)) || !model.equals(aaguid)) {
            return Optional.empty(); // other kinds of authenticators are told by other members
        }
        JsonValue nested = entry.get("metadataStatement");
        Map<String, JsonValue> statement = nested == null ? entry : JsonFields.membersOf(nested, "metadataStatement");
        List<Bytes> roots = new ArrayList<>();
        if (statement.get("attestationRootCertificates") instanceof JsonValue.JsonArray array) {
            for (JsonValue each : array.elements()) {
                roots.add(base64(each, "attestationRootCertificates"));
            }
        }
        List<String> statuses = new ArrayList<>();
        if (entry.get("statusReports") instanceof JsonValue.JsonArray reports) {
            for (JsonValue each : reports.elements()) {
                statuses.add(text(JsonFields.membersOf(each, "statusReports"), "status", "statusReports"));
            }
        }
        return Optional.of(new AuthenticatorMetadata(model, text(statement, "description", "metadata"), roots, statuses));
    }

    private static String text(Map<String, JsonValue> members, String name, String place) throws FormatException {
        if (members.get(name) instanceof JsonValue.JsonString(String text)) {
            return text;
        }
        throw FormatException.fieldMissing(place + "." + name, "a string");
    }

    /// Some makers' statements have line ends in their certificates.
    private static Bytes base64(JsonValue value, String place) throws FormatException {
        if (value instanceof JsonValue.JsonString(String text)) {
            try {
                return Bytes.copyOf(Base64.getMimeDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                throw FormatException.fieldInvalid(place, "base64", "other characters");
            }
        }
        throw FormatException.fieldInvalid(place, "base64", value.kind());
    }
}
