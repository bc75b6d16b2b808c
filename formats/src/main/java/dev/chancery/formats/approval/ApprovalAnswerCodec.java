package dev.chancery.formats.approval;

import dev.chancery.domain.approval.ApprovalAnswer;
import dev.chancery.domain.approval.ApprovalRequest;
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
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.quorum.QuorumCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Reads and writes answers to signing requests.
public final class ApprovalAnswerCodec {
    private static final String MEDIA_TYPE = "mediaType";
    private static final String STATEMENT = "statement";
    private static final String SHA256 = "sha256";
    private static final List<String> SUBJECTS = List.of("request", "payload");

    private ApprovalAnswerCodec() {}

    /// Reads an answer. That it says another request's id is not looked at here.
    ///
    /// @param json at most [ApprovalAnswer#MAX_LENGTH]
    /// @param payload what the member is over, which an answer doesn't repeat
    /// @throws FormatException when it isn't one
    public static ApprovalAnswer read(Bytes json, DssePayload payload) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(json, ApprovalAnswer.MAX_LENGTH), "");
        String mediaType = fields.requiredText(MEDIA_TYPE);
        if (!mediaType.equals(ApprovalAnswer.MEDIA_TYPE)) {
            throw FormatException.mediaTypeUnsupported(MEDIA_TYPE, ApprovalAnswer.MEDIA_TYPE, FormatException.quoted(mediaType));
        }
        DssePayload approval = new DssePayload(DssePayload.IN_TOTO, fields.requiredBytes(STATEMENT));
        Member member = QuorumCodec.readMember(fields.required("member"), "member", payload);
        Member approving = QuorumCodec.readMember(fields.required("approval"), "approval", approval);
        fields.end();
        Statement statement = StatementCodec.read(approval.content());
        if (!statement.predicateType().equals(ApprovalAnswer.STATEMENT_TYPE)) {
            throw FormatException.fieldInvalid(STATEMENT, "the predicate type " + ApprovalAnswer.STATEMENT_TYPE, FormatException.quoted(statement.predicateType()));
        }
        JsonFields predicate = JsonFields.of(StrictJson.parse(statement.predicate(), ApprovalAnswer.MAX_LENGTH), STATEMENT);
        Instant approved = ApprovalRequestCodec.instant(predicate, "approved");
        predicate.end();
        return new ApprovalAnswer(member, approving, digest(statement, 0), digest(statement, 1), approved);
    }

    private static Digest digest(Statement statement, int index) throws FormatException {
        List<String> names = statement.subjects().stream().map(Subject::name).toList();
        Map<String, String> digests = names.equals(SUBJECTS) ? statement.subjects().get(index).digests() : Map.of();
        String sha256 = digests.size() == 1 ? digests.get(SHA256) : null;
        if (sha256 == null) {
            throw FormatException.fieldInvalid(STATEMENT, "the subjects " + SUBJECTS + " with a sha256 each", names + " with " + digests.keySet());
        }
        return new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(sha256));
    }

    /// What an officer signs beside the payload.
    ///
    /// @param approved the time now
    public static DssePayload statement(ApprovalRequest request, Instant approved) throws FormatException {
        return new DssePayload(DssePayload.IN_TOTO, StatementCodec.write(new Statement(Statement.V1,
                List.of(new Subject(SUBJECTS.get(0), Map.of(SHA256, request.id().hex())), new Subject(SUBJECTS.get(1), Map.of(SHA256, request.payloadDigest().hex()))),
                ApprovalAnswer.STATEMENT_TYPE, Bytes.ofUtf8("{\"approved\":\"" + approved + "\"}"))));
    }

    /// Writes an answer as RFC 8785 has it.
    ///
    /// @param statement what the approval is over
    public static Bytes write(Member member, Member approval, DssePayload statement) throws FormatException {
        return CanonicalJson.encode(JsonText.object()
                .put(MEDIA_TYPE, ApprovalAnswer.MEDIA_TYPE)
                .put(STATEMENT, statement.content().toBase64())
                .put("member", QuorumCodec.writeMember(member))
                .put("approval", QuorumCodec.writeMember(approval))
                .build());
    }
}
