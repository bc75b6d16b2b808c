package dev.chancery.verification.approval;

import static dev.chancery.verification.approval.Ceremony.ANN;
import static dev.chancery.verification.approval.Ceremony.BOB;
import static dev.chancery.verification.approval.Ceremony.CEM;
import static dev.chancery.verification.approval.Ceremony.IN_TIME;
import static dev.chancery.verification.approval.Ceremony.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.approval.ApprovalRequest.PolicyName;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.formats.approval.ApprovalRequestCodec;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.verification.Engines;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.policy.PolicyScope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerVerifierTest {
    @Test
    void enoughGoodAnswersMakeAQuorumThatThePolicyAccepts() throws Exception {
        ApprovalRequest request = Ceremony.request();
        AssemblyResult result = Ceremony.assemble(request, Ceremony.answer(ANN, request, IN_TIME), Ceremony.answer(BOB, request, IN_TIME));
        assertEquals(List.of(), result.reasons());
        assertEquals(List.of(List.of("ann"), List.of("bob")), result.answers().stream().map(AssemblyResult.Checked::signers).toList());
        Bytes quorum = QuorumCodec.write(result.quorum().orElseThrow());
        assertEquals(Verdict.ACCEPTED, Ceremony.verify(quorum, ForgedBundle.ARTIFACT).verdict());
    }

    @Test
    void tooFewAnswersMakeNoneAndTheMessageSaysWhoIsMissing() throws Exception {
        ApprovalRequest request = Ceremony.request();
        AssemblyResult result = Ceremony.assemble(request, Ceremony.answer(BOB, request, IN_TIME));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertEquals(Optional.empty(), result.quorum());
        assertEquals(List.of(new Reason(ErrorCode.QUORUM_SHORT, "expected signatures of officers by 2 of [ann, bob, cem], found [bob]; missing: 1 of [ann, cem]")),
                result.reasons());
        assertEquals(Verdict.REJECTED, Ceremony.assemble(request).verdict());
    }

    @Test
    void aBadAnswerIsRefusedWithItsReasonAndHarmsNobody() throws Exception {
        ApprovalRequest request = Ceremony.request();
        ApprovalRequest other = Ceremony.request(2, request.payload());
        AssemblyResult result = Ceremony.assemble(request, Ceremony.answer(ANN, request, IN_TIME), Ceremony.answer(CEM, other, IN_TIME),
                Ceremony.answer(MALLORY, request, IN_TIME), Ceremony.answer(BOB, request, IN_TIME), Ceremony.answer(BOB, request, IN_TIME));
        assertEquals(Verdict.ACCEPTED, result.verdict());
        assertEquals(2, result.quorum().orElseThrow().members().size());
        assertEquals(Set.of(ErrorCode.ANSWER_FOR_ANOTHER), Ceremony.codes(result, 1));
        assertEquals(Set.of(ErrorCode.ANSWERER_UNKNOWN), Ceremony.codes(result, 2));
        assertEquals(Set.of(ErrorCode.ANSWERED_TWICE), Ceremony.codes(result, 4));
    }

    @Test
    void anAnswerGivenInTimeStaysGoodAfterTheRequestHasExpired() throws Exception {
        ApprovalRequest request = Ceremony.request();
        assertTrue(Engines.CLOCK.instant().isAfter(request.expires()));
        AssemblyResult atTheEdges = Ceremony.assemble(request, Ceremony.answer(ANN, request, request.expires()),
                Ceremony.answer(BOB, request, request.created().minus(ApprovalRequest.CLOCK_SKEW)));
        assertEquals(Verdict.ACCEPTED, atTheEdges.verdict());
        AssemblyResult outside = Ceremony.assemble(request, Ceremony.answer(ANN, request, request.expires().plusSeconds(1)),
                Ceremony.answer(BOB, request, request.created().minus(ApprovalRequest.CLOCK_SKEW).minusSeconds(1)));
        assertEquals(List.of(Set.of(ErrorCode.APPROVED_OUT_OF_TIME), Set.of(ErrorCode.APPROVED_OUT_OF_TIME)),
                List.of(Ceremony.codes(outside, 0), Ceremony.codes(outside, 1)));
    }

    @Test
    void anotherPolicyThanTheRequestsIsNeverApplied() throws Exception {
        ApprovalRequest sound = Ceremony.request();
        ApprovalRequest request = ApprovalRequestCodec.request("ada", sound.payload(), sound.sizes(),
                new PolicyName("test.yaml", HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("another"))), sound.nonce(), sound.created(), sound.expires());
        assertThrows(IllegalArgumentException.class, () -> Ceremony.assemble(request));
    }

    @Test
    void onlyDemandsForSuchStatementsAreHeldAgainstThem() throws Exception {
        VerificationPolicy policy = Ceremony.policy().policy();
        assertEquals(policy, PolicyScope.of(policy, "https://sigstore.dev/cosign/sign/v1").orElseThrow());
        assertEquals(Optional.empty(), PolicyScope.of(policy, "https://slsa.dev/provenance/v1"));
    }
}
