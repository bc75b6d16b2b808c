package dev.chancery.formats.approval;

import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.approval.ApprovalRequest.PolicyName;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import dev.chancery.formats.json.CanonicalJson;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.quorum.QuorumCodec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads and writes signing requests.
public final class ApprovalRequestCodec {
    private static final String MEDIA_TYPE = "mediaType";
    private static final String SHA256 = "sha256";
    private static final int HEX_LENGTH = 64;

    private ApprovalRequestCodec() {}

    /// A request as it was read.
    ///
    /// @param signatureOrNull the requester's signature over the request's statement, not verified; null when there is none
    public record Read(ApprovalRequest request, @Nullable Member signatureOrNull) {
        /// The requester's signature, not verified.
        public Optional<Member> signature() {
            return Optional.ofNullable(signatureOrNull);
        }
    }

    /// Reads a request.
    ///
    /// @param json at most [ApprovalRequest#MAX_LENGTH]
    /// @throws FormatException when it isn't one
    public static Read read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(json, ApprovalRequest.MAX_LENGTH), "");
        String mediaType = fields.requiredText(MEDIA_TYPE);
        if (!mediaType.equals(ApprovalRequest.MEDIA_TYPE)) {
            throw FormatException.mediaTypeUnsupported(MEDIA_TYPE, ApprovalRequest.MEDIA_TYPE, FormatException.quoted(mediaType));
        }
        ApprovalRequest request = request(fields.required("request"), fields.object("request"));
        Optional<JsonValue> signature = fields.take("signature");
        Member member = signature.isEmpty() ? null : QuorumCodec.readMember(signature.get(), "signature", statement(request.id()));
        fields.end();
        return new Read(request, member);
    }

    private static ApprovalRequest request(JsonValue body, JsonFields fields) throws FormatException {
        String requester = name(fields, "requester");
        DssePayload payload = QuorumCodec.payload(fields);
        if (!payload.payloadType().equals(DssePayload.IN_TOTO)) {
            throw FormatException.fieldInvalid(fields.at("payloadType"), DssePayload.IN_TOTO, FormatException.quoted(payload.payloadType()));
        }
        Statement statement = StatementCodec.read(payload.content());
        Map<String, Long> sizes = sizes(fields, hashes(statement, fields.at("payload")));
        JsonFields policy = fields.object("policy");
        PolicyName policyName = new PolicyName(name(policy, "name"), new Digest(HashAlgorithm.SHA_256, hex(policy, SHA256)));
        policy.end();
        Bytes nonce = fields.requiredBytes("nonce");
        if (nonce.size() != ApprovalRequest.NONCE_LENGTH) {
            throw FormatException.fieldInvalid(fields.at("nonce"), ApprovalRequest.NONCE_LENGTH + " bytes", nonce.size() + " bytes");
        }
        Instant created = instant(fields, "created");
        Instant expires = instant(fields, "expires");
        fields.end();
        if (!created.isBefore(expires) || created.plus(ApprovalRequest.MAX_LIFE).isBefore(expires)) {
            throw FormatException.fieldInvalid(fields.at("expires"), "a time after created, and at most " + ApprovalRequest.MAX_LIFE.toDays() + " days later",
                    expires.toString());
        }
        Bytes canonical = CanonicalJson.encode(body);
        if (!canonical.equals(CanonicalJson.encode(body(requester, payload, sizes, policyName, nonce, created, expires)))) {
            throw FormatException.fieldInvalid("request", "each field, in the one form that it is written in: the request's id is made of it",
                    "an empty field left out, or another form");
        }
        return new ApprovalRequest(HashAlgorithm.SHA_256.digest(canonical), requester, payload, statement, sizes, policyName, nonce, created, expires);
    }

    /// Every artifact is known by its SHA-256, which officers can compare.
    private static Set<String> hashes(Statement statement, String place) throws FormatException {
        Set<String> hashes = new HashSet<>();
        for (Subject subject : statement.subjects()) {
            String sha256 = subject.digests().get(SHA256);
            if (sha256 == null) {
                throw FormatException.fieldInvalid(place, "a statement whose subjects have a sha256 each", "one with " + subject.digests().keySet());
            }
            hashes.add(sha256);
        }
        return hashes;
    }

    private static Map<String, Long> sizes(JsonFields fields, Set<String> hashes) throws FormatException {
        Map<String, Long> sizes = new TreeMap<>();
        Optional<JsonFields> given = fields.optionalObject("sizes");
        if (given.isPresent()) {
            for (String hash : hashes) {
                if (given.get().take(hash).isPresent()) {
                    long size = given.get().int64(hash);
                    if (size < 0) {
                        throw FormatException.fieldInvalid(given.get().at(hash), "a number of bytes", Long.toString(size));
                    }
                    sizes.put(hash, size);
                }
            }
            given.get().end();
        }
        return sizes;
    }

    private static String name(JsonFields fields, String member) throws FormatException {
        String name = fields.requiredText(member);
        if (name.isBlank() || name.length() > ApprovalRequest.MAX_NAME) {
            throw FormatException.fieldInvalid(fields.at(member), "a name of up to " + ApprovalRequest.MAX_NAME + " characters", name.length() + " characters");
        }
        return name;
    }

    static Bytes hex(JsonFields fields, String member) throws FormatException {
        String hex = fields.requiredText(member);
        if (hex.length() != HEX_LENGTH || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw FormatException.fieldInvalid(fields.at(member), HEX_LENGTH + " lower-case hexadecimal digits", FormatException.quoted(hex));
        }
        return Bytes.fromHex(hex);
    }

    /// A time as it is written: UTC, in the one form that [Instant#toString()] has.
    static Instant instant(JsonFields fields, String member) throws FormatException {
        String text = fields.requiredText(member);
        try {
            Instant instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeParseException _) {
            // falls through to the one refusal
        }
        throw FormatException.fieldInvalid(fields.at(member), "a time such as 2026-11-21T12:00:00Z", FormatException.quoted(text));
    }

    /// Makes a request.
    ///
    /// @throws FormatException when the payload is no statement with a SHA-256 for each subject
    public static ApprovalRequest request(String requester, DssePayload payload, Map<String, Long> sizes, PolicyName policy, Bytes nonce, Instant created,
            Instant expires) throws FormatException {
        JsonValue body = body(requester, payload, sizes, policy, nonce, created, expires);
        return request(body, JsonFields.of(body, "request"));
    }

    /// Writes a request as RFC 8785 has it.
    public static Bytes write(ApprovalRequest request, @Nullable Member signatureOrNull) throws FormatException {
        var document = JsonText.object().put(MEDIA_TYPE, ApprovalRequest.MEDIA_TYPE).put("request", body(request.requester(), request.payload(), request.sizes(),
                request.policy(), request.nonce(), request.created(), request.expires()));
        if (signatureOrNull != null) {
            document.put("signature", QuorumCodec.writeMember(signatureOrNull));
        }
        return CanonicalJson.encode(document.build());
    }

    private static JsonValue body(String requester, DssePayload payload, Map<String, Long> sizes, PolicyName policy, Bytes nonce, Instant created, Instant expires) {
        var sizesOf = JsonText.object();
        new TreeMap<>(sizes).forEach((hash, size) -> sizesOf.put(hash, Long.toString(size)));
        return JsonText.object()
                .put("requester", requester)
                .put("payload", payload.content().toBase64())
                .put("payloadType", payload.payloadType())
                .put("sizes", sizesOf.build())
                .put("policy", JsonText.object().put("name", policy.name()).put(SHA256, policy.digest().hex()).build())
                .put("nonce", nonce.toBase64())
                .put("created", created.toString())
                .put("expires", expires.toString())
                .build();
    }

    /// What a requester signs: a statement about the request's id.
    public static DssePayload statement(Digest id) throws FormatException {
        return new DssePayload(DssePayload.IN_TOTO, StatementCodec.write(new Statement(Statement.V1, List.of(new Subject("request", Map.of(SHA256, id.hex()))),
                ApprovalRequest.STATEMENT_TYPE, Bytes.ofUtf8("{}"))));
    }
}
