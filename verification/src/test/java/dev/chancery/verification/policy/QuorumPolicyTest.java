package dev.chancery.verification.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.verification.Engines;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.policy.PolicyResult.Item;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Quorums under policies and keys.
class QuorumPolicyTest {
    private static final ForgedKey ANN = ForgedKey.p256();
    private static final ForgedKey BOB = ForgedKey.ed25519();
    private static final ForgedKey CEM = ForgedKey.p256();
    private static final ForgedKey MALLORY = ForgedKey.p256();
    private static final DssePayload PAYLOAD = statementAbout(ForgedBundle.ARTIFACT);
    private static final String TWO_OF_THREE = """
            policy: chancery.dev/v1
            signers:
              ann: {key: ANN, custodian: vault}
              bob: {key: BOB, custodian: vault}
              cem: {key: CEM, custodian: safe}
            roles:
              officers: {threshold: 2, signers: [ann, bob, cem]}
            require:
              - signatureBy: officers
            """;

    private static DssePayload statementAbout(Bytes artifact) {
        return new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"a\",\"digest\":{"
                + "\"sha256\":\"" + HashAlgorithm.SHA_256.digest(artifact).hex() + "\"}}],\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\","
                + "\"predicate\":{}}"));
    }

    private static QuorumBundle.Member member(ForgedKey named, Bytes signature, DssePayload payload) {
        return new QuorumBundle.Member.Sigstore(new SigstoreBundle(SigstoreBundle.Version.V0_3,
                new SigstoreBundle.KeyMaterial.PublicKeyHint(named.spkiHash().toBase64()), List.of(), List.of(),
                new SigstoreBundle.Content.Dsse(new DsseEnvelope(payload, List.of(new DsseEnvelope.DsseSignature("", signature))))));
    }

    private static QuorumBundle.Member by(ForgedKey key) {
        return member(key, key.sign(PAYLOAD.preAuthEncoding().bytes()), PAYLOAD);
    }

    /// A signature that Ann gave, over something else.
    private static QuorumBundle.Member overOtherContent(ForgedKey key) {
        return member(key, key.sign(statementAbout(Bytes.ofUtf8("other")).preAuthEncoding().bytes()), PAYLOAD);
    }

    private static Bytes quorum(QuorumBundle.Member... members) {
        return QuorumCodec.write(new QuorumBundle(PAYLOAD, List.of(members)));
    }

    private static String pem(ForgedKey key) {
        return "\"-----BEGIN PUBLIC KEY-----\\n" + Base64.getEncoder().encodeToString(key.spki().toByteArray()) + "\\n-----END PUBLIC KEY-----\\n\"";
    }

    private static PolicyResult verify(String yaml, Bytes... bundles) throws Exception {
        String text = yaml.replace("{key: ANN", "{key: " + pem(ANN)).replace("{key: BOB", "{key: " + pem(BOB)).replace("{key: CEM", "{key: " + pem(CEM));
        BoundPolicy policy = new PolicyBinder(new SpkiPublicKeyDecoder(), Engines.attestations(), () -> expression -> statement -> false).bind(PolicyCodec.read(Bytes.ofUtf8(text)),
                "test.yaml", null);
        List<Offered> offered = new ArrayList<>();
        for (Bytes bundle : bundles) {
            offered.add(new Offered("file " + offered.size(), new Evidence.BundleBytes(bundle)));
        }
        return Engines.policies(Engines.CLOCK).verify(offered, Engines.content(ForgedBundle.ARTIFACT), List.of(policy));
    }

    private static List<ErrorCode> noted(PolicyResult result) {
        return result.evidence().stream().map(Item::reasons).flatMap(List::stream).map(Reason::code).sorted().toList();
    }

    @Test
    void membersCountEachForItselfAndWhatDoesNotCountIsNamedAndHarmsNothing() throws Exception {
        PolicyResult result = verify(TWO_OF_THREE, quorum(by(ANN), by(BOB), by(MALLORY), overOtherContent(CEM)));
        assertEquals(Verdict.ACCEPTED, result.verdict());
        assertEquals(Set.of("ann", "bob"), result.policies().getFirst().demands().getFirst().counted());
        assertEquals(4, result.evidence().size());
        assertEquals(List.of(ErrorCode.SIGNER_UNKNOWN), noted(result));
        assertEquals(1, result.evidence().stream().flatMap(item -> item.attempts().stream()).flatMap(attempt -> attempt.result().reasons().stream())
                .filter(reason -> reason.code() == ErrorCode.SIGNATURE_INVALID).count());
    }

    @Test
    void tooFewAreRejectedWithEachFaultNamed() throws Exception {
        PolicyResult result = verify(TWO_OF_THREE, quorum(by(ANN), by(MALLORY), overOtherContent(CEM)));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertEquals(Set.of(ErrorCode.DEMAND_NOT_MET, ErrorCode.SIGNER_UNKNOWN, ErrorCode.SIGNATURE_INVALID),
                Set.copyOf(result.reasons().stream().map(Reason::code).toList()));
        assertTrue(result.reasons().stream().allMatch(reason -> reason.message().startsWith("test.yaml: expected") || reason.message().startsWith("file 0 member ")),
                result.reasons().toString());
    }

    @Test
    void theSameSignerAgainIsNamedAndCountsOnce() throws Exception {
        PolicyResult result = verify(TWO_OF_THREE, quorum(by(ANN)), quorum(by(ANN)));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertEquals(List.of(ErrorCode.MEMBER_DUPLICATE), noted(result));
        assertTrue(result.reasons().stream().anyMatch(reason -> reason.message().endsWith("again, after file 0 member 1")), result.reasons().toString());
    }

    @Test
    void oneKeyUnderTwoNamesIsNamedAndCountsOnce() throws Exception {
        PolicyResult result = verify(TWO_OF_THREE.replace("{key: CEM", "{key: ANN").replace("cem]", "cem], distinct: signer"), quorum(by(ANN)));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertEquals(List.of(ErrorCode.KEY_UNDER_SEVERAL_NAMES), noted(result));
    }

    @Test
    void signersCanHaveToDifferInPersonAndCustodian() throws Exception {
        String yaml = TWO_OF_THREE.replace("cem]", "cem], distinct: [person, custodian]");
        assertEquals(Verdict.REJECTED, verify(yaml, quorum(by(ANN), by(BOB))).verdict());
        assertEquals(Verdict.ACCEPTED, verify(yaml, quorum(by(ANN), by(BOB), by(CEM))).verdict());
        assertEquals(Verdict.ACCEPTED, verify(yaml, quorum(by(BOB), by(CEM))).verdict());
        assertEquals(Verdict.REJECTED, verify(yaml.replace("safe}", "safe, person: bob}"), quorum(by(BOB), by(CEM))).verdict());
    }

    @Test
    void aCombinationOfAlgorithmsCanBeDemanded() throws Exception {
        String yaml = TWO_OF_THREE.replace("officers: {threshold: 2, signers: [ann, bob, cem]}",
                "officers: {threshold: 1, signers: [ann, bob], algorithms: [ecdsa-p256-sha256]}\n  edwards: {threshold: 1, signers: [bob, cem], algorithms: [ed25519]}")
                .replace("signatureBy: officers", "signatureBy: officers\n  - signatureBy: edwards");
        assertEquals(Verdict.ACCEPTED, verify(yaml, quorum(by(ANN), by(BOB))).verdict());
        PolicyResult result = verify(yaml, quorum(by(ANN), by(CEM)));
        assertEquals(Verdict.REJECTED, result.verdict());
        assertEquals(List.of(ErrorCode.ALGORITHM_NOT_ALLOWED), noted(result));
    }

    private static VerificationResult withKey(ForgedKey key, Bytes quorum) throws Exception {
        PublicKey trusted = new SpkiPublicKeyDecoder().decodeDer(key.spki());
        return Engines.real().verify(new VerificationRequest(new Evidence.BundleBytes(quorum), Engines.content(ForgedBundle.ARTIFACT), new Trust.Key(trusted, null),
                new Expectations(null)));
    }

    @Test
    void withAKeyOneMemberOfItIsEnough() throws Exception {
        VerificationResult result = withKey(BOB, quorum(overOtherContent(BOB), by(MALLORY), by(BOB), by(ANN)));
        assertEquals(Verdict.ACCEPTED, result.verdict());
        assertEquals(List.of(), result.reasons());
        assertEquals(1, result.verified().size());
    }

    @Test
    void withAKeyThatHasNoGoodMemberItIsRejectedAndTheFaultIsItsOwn() throws Exception {
        assertEquals(List.of(ErrorCode.SIGNATURE_INVALID), withKey(BOB, quorum(overOtherContent(BOB), by(MALLORY))).reasons().stream().map(Reason::code).toList());
        assertEquals(List.of(ErrorCode.MEMBER_FOREIGN), withKey(CEM, quorum(by(ANN), by(MALLORY))).reasons().stream().map(Reason::code).toList());
    }
}
