package dev.chancery.verification.approval;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.approval.ApprovalRequest.PolicyName;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.approval.ApprovalAnswerCodec;
import dev.chancery.formats.approval.ApprovalRequestCodec;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.verification.Engines;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.Offered;
import dev.chancery.verification.policy.PolicyBinder;
import dev.chancery.verification.policy.PolicyResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A ceremony of two of three officers, as sound as can be, for tests to disturb.
final class Ceremony {
    static final ForgedKey ANN = ForgedKey.p256();
    static final ForgedKey BOB = ForgedKey.ed25519();
    static final ForgedKey CEM = ForgedKey.p256();
    static final ForgedKey MALLORY = ForgedKey.p256();
    static final Instant CREATED = Instant.parse("2026-11-21T12:00:00Z");
    static final Instant EXPIRES = CREATED.plus(Duration.ofDays(2));
    static final Instant IN_TIME = CREATED.plus(Duration.ofHours(1));
    private static final String POLICY = """
            policy: chancery.dev/v1
            signers:
              ann: {key: ANN}
              bob: {key: BOB}
              cem: {key: CEM}
            roles:
              officers: {threshold: 2, signers: [ann, bob, cem]}
            require:
              - signatureBy: officers
            """.replace("ANN", pem(ANN)).replace("BOB", pem(BOB)).replace("CEM", pem(CEM));

    private Ceremony() {}

    private static String pem(ForgedKey key) {
        return "\"-----BEGIN PUBLIC KEY-----\\n" + Base64.getEncoder().encodeToString(key.spki().toByteArray()) + "\\n-----END PUBLIC KEY-----\\n\"";
    }

    static BoundPolicy policy() throws Exception {
        return new PolicyBinder(new SpkiPublicKeyDecoder(), Engines.attestations(), () -> expression -> statement -> false).bind(PolicyCodec.read(Bytes.ofUtf8(POLICY)), "test.yaml", null);
    }

    static DssePayload statementAbout(Bytes artifact) {
        return new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"app\",\"digest\":{"
                + "\"sha256\":\"" + HashAlgorithm.SHA_256.digest(artifact).hex() + "\"}}],\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\","
                + "\"predicate\":{}}"));
    }

    /// @param nonce first byte of the nonce
    static ApprovalRequest request(int nonce, DssePayload payload) throws Exception {
        return ApprovalRequestCodec.request("ada", payload, Map.of(), new PolicyName("test.yaml", HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(POLICY))),
                Bytes.fromHex(String.format("%02x", nonce & 0xff).repeat(16)), CREATED, EXPIRES);
    }

    static ApprovalRequest request() throws Exception {
        return request(1, statementAbout(ForgedBundle.ARTIFACT));
    }

    static Member member(ForgedKey named, Bytes signature, DssePayload payload) {
        return new Member.Sigstore(new SigstoreBundle(SigstoreBundle.Version.V0_3, new SigstoreBundle.KeyMaterial.PublicKeyHint(named.spkiHash().toBase64()),
                List.of(), List.of(), new SigstoreBundle.Content.Dsse(new DsseEnvelope(payload, List.of(new DsseEnvelope.DsseSignature("", signature))))));
    }

    static Member by(ForgedKey key, DssePayload payload) {
        return member(key, key.sign(payload.preAuthEncoding().bytes()), payload);
    }

    static Bytes answer(ForgedKey key, ApprovalRequest request, Instant approved) throws Exception {
        DssePayload statement = ApprovalAnswerCodec.statement(request, approved);
        return ApprovalAnswerCodec.write(by(key, request.payload()), by(key, statement), statement);
    }

    static AssemblyResult assemble(ApprovalRequest request, Bytes... answers) throws Exception {
        List<AnswerVerifier.Given> given = new ArrayList<>();
        for (Bytes answer : answers) {
            given.add(new AnswerVerifier.Given("answer " + given.size(), ApprovalAnswerCodec.read(answer, request.payload())));
        }
        return new AnswerVerifier(Engines.policies(Engines.CLOCK)).verify(request, given, policy());
    }

    static Set<ErrorCode> codes(AssemblyResult result, int answer) {
        return result.answers().get(answer).reasons().stream().map(Reason::code).collect(Collectors.toSet());
    }

    static Bytes quorum(DssePayload payload, Member... members) {
        return QuorumCodec.write(new QuorumBundle(payload, List.of(members)));
    }

    static PolicyResult verify(Bytes quorum, Bytes artifact) throws Exception {
        return Engines.policies(Engines.CLOCK).verify(List.of(new Offered("quorum", new Evidence.BundleBytes(quorum))), Engines.content(artifact), List.of(policy()));
    }
}
