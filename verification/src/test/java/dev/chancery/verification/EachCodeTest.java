package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial.PublicKeyHint;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DsseEnvelope.DsseSignature;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedServices;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// For each code with which a verification can end there is an input that differs from a good one in that respect only. Here are those by
/// keys, and the list that makes sure none is forgotten.
class EachCodeTest {
    private static final ForgedKey KEY = ForgedKey.p256();
    private static final ForgedKey OTHER = ForgedKey.p256();
    private static final ForgedKey EDWARDS = ForgedKey.ed25519();
    private static final Bytes ARTIFACT = ForgedBundle.ARTIFACT;
    private static final Bytes ENCODING = Bytes.ofUtf8("DSSEv1 1 x 1 y");
    private static final String TYPE = "https://forge.test/p/v1";

    /// What [ForgedBundlesTest] shows outside of its tables, [NeverFallsBackTest], and [PeerBundlesTest] (the issuer).
    private static final Set<ErrorCode> WITH_OTHER_TRUST = Set.of(ErrorCode.CERTIFICATE_NAME_NOT_ALLOWED, ErrorCode.LOG_KEY_OUTSIDE_WINDOW,
            ErrorCode.LOG_KEY_RETIRED, ErrorCode.WITNESSES_MISSING, ErrorCode.IDENTITY_CLAIM_MISMATCH, ErrorCode.CERTIFICATE_MISSING, ErrorCode.CLOCK_BEHIND, ErrorCode.IDENTITY_ISSUER_MISMATCH);

    /// What `policy.PolicyVerifierTest` shows.
    private static final Set<ErrorCode> OF_POLICIES = Set.of(ErrorCode.ALGORITHM_NOT_ALLOWED, ErrorCode.EVIDENCE_TOO_OLD, ErrorCode.SIGNER_UNKNOWN,
            ErrorCode.DEMAND_NOT_MET, ErrorCode.DEMAND_UNDECIDED, ErrorCode.CONDITION_NOT_MET, ErrorCode.CONDITION_FAILED);

    /// What `policy.KeyringPolicyTest` shows.
    private static final Set<ErrorCode> OF_KEYRINGS = Set.of(ErrorCode.KEY_NOT_IN_USE, ErrorCode.KEY_RETIRED, ErrorCode.KEY_REVOKED, ErrorCode.KEY_PURPOSE);

    private final VerificationEngine engine = Engines.real();

    /// @param type the predicate type that is expected; empty for none
    private record Forgery(ErrorCode code, ForgedKey trusted, Bytes artifact, SigstoreBundle bundle, String type) {
        Forgery(ErrorCode code, SigstoreBundle bundle) {
            this(code, KEY, ARTIFACT, bundle, "");
        }
    }

    private static SigstoreBundle message(Bytes signed, Digest recorded, ForgedKey signer, String hint) {
        return new SigstoreBundle(SigstoreBundle.Version.V0_3, new PublicKeyHint(hint), List.of(), List.of(),
                new Content.MessageSignature(recorded, signer.sign(signed)));
    }

    private static SigstoreBundle message(ForgedKey signer) {
        return message(ARTIFACT, HashAlgorithm.SHA_256.digest(ARTIFACT), signer, "");
    }

    private static SigstoreBundle envelope(String payloadType, String payload, ForgedKey... signers) {
        DssePayload signed = new DssePayload(payloadType, Bytes.ofUtf8(payload));
        return new SigstoreBundle(SigstoreBundle.Version.V0_3, new PublicKeyHint(""), List.of(), List.of(), new Content.Dsse(new DsseEnvelope(signed,
                Arrays.stream(signers).map(signer -> new DsseSignature("", signer.sign(signed.preAuthEncoding().bytes()))).toList())));
    }

    private static String statement(Bytes about) {
        return "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"a\",\"digest\":{\"sha256\":\"" + HashAlgorithm.SHA_256.digest(about).hex()
                + "\"}}],\"predicateType\":\"" + TYPE + "\",\"predicate\":{}}";
    }

    private static List<Forgery> byKeys() {
        return List.of(
                new Forgery(ErrorCode.SIGNATURE_INVALID, message(OTHER)),
                new Forgery(ErrorCode.DIGEST_MISMATCH, message(ARTIFACT, HashAlgorithm.SHA_256.digest(ENCODING), KEY, "")),
                new Forgery(ErrorCode.KEY_MISMATCH, ForgedBundle.message(ForgedServices.make()).make()),
                new Forgery(ErrorCode.SUBJECT_MISMATCH, envelope(DssePayload.IN_TOTO, statement(ENCODING), KEY)),
                new Forgery(ErrorCode.PREDICATE_TYPE_MISMATCH, KEY, ARTIFACT, envelope(DssePayload.IN_TOTO, statement(ARTIFACT), KEY), TYPE + "/other"),
                new Forgery(ErrorCode.PAYLOAD_TYPE_MISMATCH, envelope("text/plain", statement(ARTIFACT), KEY)),
                new Forgery(ErrorCode.STATEMENT_MALFORMED, envelope(DssePayload.IN_TOTO, statement(ARTIFACT).replace("subject", "subjects"), KEY)),
                new Forgery(ErrorCode.SIGNATURE_COUNT, envelope(DssePayload.IN_TOTO, statement(ARTIFACT), KEY, KEY)),
                new Forgery(ErrorCode.ALGORITHM_MISMATCH, message(ARTIFACT, HashAlgorithm.SHA_512.digest(ARTIFACT), KEY, "")),
                new Forgery(ErrorCode.KEY_ID_MISMATCH, message(ARTIFACT, HashAlgorithm.SHA_256.digest(ARTIFACT), KEY, OTHER.spkiHash().toBase64())),
                new Forgery(ErrorCode.DSSE_AS_MESSAGE, KEY, ENCODING, message(ENCODING, HashAlgorithm.SHA_256.digest(ENCODING), KEY, ""), ""));
    }

    private VerificationResult verify(Forgery forgery) throws Exception {
        return verify(forgery, Engines.content(forgery.artifact()));
    }

    private VerificationResult verify(Forgery forgery, Target target) throws Exception {
        Trust trust = new Trust.Key(new SpkiPublicKeyDecoder().decodeDer(forgery.trusted().spki()), null);
        return engine.verify(new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(forgery.bundle())), target, trust,
                new Expectations(forgery.type().isEmpty() ? null : forgery.type()), Requirements.NONE));
    }

    private static void assertOnly(ErrorCode code, VerificationResult result) {
        assertEquals(List.of(code), result.reasons().stream().map(VerificationResult.Reason::code).toList(), () -> result.reasons().toString());
        assertEquals(code.exitStatus() == ExitStatus.UNKNOWN ? Verdict.UNKNOWN : Verdict.REJECTED, result.verdict());
    }

    @TestFactory
    Stream<DynamicTest> aDefectInWhatAKeySignedIsToldByItsCode() {
        return byKeys().stream().map(each -> DynamicTest.dynamicTest(each.code().name(), () -> assertOnly(each.code(), verify(each))));
    }

    /// From these the forgeries differ.
    @Test
    void theGoodOnesAreAccepted() throws Exception {
        assertEquals(Verdict.ACCEPTED, verify(new Forgery(ErrorCode.DEFECT, message(KEY))).verdict());
        assertEquals(Verdict.ACCEPTED, verify(new Forgery(ErrorCode.DEFECT, KEY, ARTIFACT, envelope(DssePayload.IN_TOTO, statement(ARTIFACT), KEY), TYPE)).verdict());
        assertEquals(Verdict.ACCEPTED, verify(new Forgery(ErrorCode.DEFECT, EDWARDS, ARTIFACT, message(EDWARDS), "")).verdict());
    }

    /// Pure Ed25519 signs the file itself (RFC 8032 §5.1.6).
    @Test
    void whatCannotBeCheckedIsUnknown() throws Exception {
        assertOnly(ErrorCode.EVIDENCE_UNSUPPORTED, verify(new Forgery(ErrorCode.EVIDENCE_UNSUPPORTED, EDWARDS, ARTIFACT, message(EDWARDS), ""),
                new Target.OfDigest(HashAlgorithm.SHA_256.digest(ARTIFACT))));
    }

    @Test
    void noCodeIsForgotten() {
        Set<ErrorCode> shown = EnumSet.of(ErrorCode.EVIDENCE_UNSUPPORTED);
        byKeys().forEach(each -> shown.add(each.code()));
        shown.addAll(ForgedBundlesTest.codesOfTables());
        shown.addAll(WITH_OTHER_TRUST);
        shown.addAll(OF_POLICIES);
        shown.addAll(OF_KEYRINGS);
        shown.addAll(RevocationTest.codes());
        Set<ErrorCode> all = Arrays.stream(ErrorCode.values()).filter(code -> code.code().startsWith("CHY-V")).collect(Collectors.toUnmodifiableSet());
        assertEquals(all, shown, "a code of verification without an input that only it is wrong with");
    }
}
