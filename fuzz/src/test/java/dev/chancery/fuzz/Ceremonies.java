package dev.chancery.fuzz;

import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.approval.ApprovalRequest.PolicyName;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.approval.ApprovalAnswerCodec;
import dev.chancery.formats.approval.ApprovalRequestCodec;
import dev.chancery.formats.quorum.QuorumCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Sound requests, answers and quorums to start from.
final class Ceremonies {
    static final DssePayload PAYLOAD = new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":["
            + "{\"name\":\"app\",\"digest\":{\"sha256\":\"" + "ab".repeat(32) + "\"}}],\"predicateType\":\"t\",\"predicate\":{}}"));
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Ceremonies() {}

    private static ApprovalRequest request() throws FormatException {
        return ApprovalRequestCodec.request("ada", PAYLOAD, Map.of("ab".repeat(32), 12L), new PolicyName("p", HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("p"))),
                Bytes.fromHex("01".repeat(16)), NOON, NOON.plusSeconds(3600));
    }

    private static Member approval(DssePayload payload) {
        return new Member.WebAuthn(payload, new WebAuthnAssertion("hint", Bytes.fromHex("00".repeat(37)), Bytes.ofUtf8("{}"), Bytes.ofUtf8("signature")));
    }

    static Stream<Arguments> requests() throws FormatException {
        ApprovalRequest request = request();
        return seeds(ApprovalRequestCodec.write(request, null), ApprovalRequestCodec.write(request, approval(ApprovalRequestCodec.statement(request.id()))));
    }

    static Stream<Arguments> answers() throws FormatException {
        DssePayload statement = ApprovalAnswerCodec.statement(request(), NOON);
        return seeds(ApprovalAnswerCodec.write(approval(PAYLOAD), approval(statement), statement));
    }

    static Stream<Arguments> quorums() {
        return seeds(QuorumCodec.write(new QuorumBundle(PAYLOAD, List.of(approval(PAYLOAD)))));
    }

    static Stream<Arguments> seeds(Bytes... seeds) {
        return Stream.of(seeds).map(seed -> Arguments.of((Object) seed.toByteArray()));
    }
}
