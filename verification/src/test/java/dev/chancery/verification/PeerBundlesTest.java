package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.testkit.peers.PeerFiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What cosign and sigstore-python wrote with Rekor v1 and v2 is accepted, and only for what it is.
class PeerBundlesTest {
    static final List<String> KEYLESS = PeerFiles.KEYLESS;
    static final List<String> KEYED = PeerFiles.KEYED;

    private static final IdentityPolicy IDENTITY =
            new IdentityPolicy(new TextMatch.Exact(PeerFiles.IDENTITY), new TextMatch.Exact(PeerFiles.ISSUER));

    private final VerificationEngine engine = Engines.real();
    private final Target artifact = Engines.content(PeerFiles.read(PeerFiles.ARTIFACT));

    @ParameterizedTest
    @FieldSource("KEYLESS")
    void aKeylessBundleByAPeerIsAcceptedForItsIdentity(String name) throws Exception {
        VerificationResult result = verify(name, identity(name, IDENTITY));
        assertEquals(List.of(), result.reasons());
        assertEquals(Verdict.ACCEPTED, result.verdict());
        VerifiedSignature signature = result.verified().getFirst();
        assertEquals(1, signature.logEntries().size());
        assertFalse(signature.times().isEmpty());
        assertEquals(name.contains("attestation"), signature.statement().isPresent());
    }

    @ParameterizedTest
    @FieldSource("KEYED")
    void aKeyedBundleByAPeerIsAcceptedWithItsLogEntry(String name) throws Exception {
        Trust trust = new Trust.Key(new SpkiPublicKeyDecoder().decodePem(PeerFiles.read(PeerFiles.KEY)), null, root(name));
        VerificationResult result = verify(name, trust);
        assertEquals(List.of(), result.reasons());
        assertEquals(1, result.verified().getFirst().logEntries().size());
    }

    @ParameterizedTest
    @FieldSource("KEYLESS")
    void aBundleIsRejectedForAnotherIdentity(String name) throws Exception {
        assertEquals(List.of(ErrorCode.IDENTITY_MISMATCH), codes(verify(name, identity(name,
                new IdentityPolicy(new TextMatch.Exact("root@lab.test"), new TextMatch.Exact(PeerFiles.ISSUER))))));
        assertEquals(List.of(ErrorCode.IDENTITY_ISSUER_MISMATCH), codes(verify(name, identity(name,
                new IdentityPolicy(new TextMatch.Exact(PeerFiles.IDENTITY), new TextMatch.Exact("https://accounts.google.com"))))));
    }

    @Test
    void aRegularExpressionMustMatchTheWholeIdentityAndTheMessageSaysWhenItMatchesAPart() throws Exception {
        String name = "cosign-v2-keyless";
        TextMatch issuer = TextMatch.Regexp.compile("http://127\\.0\\.0\\.1:[0-9]+");
        assertEquals(Verdict.ACCEPTED, verify(name, identity(name, new IdentityPolicy(TextMatch.Regexp.compile("[a-z]+@lab\\.test"), issuer))).verdict());
        VerificationResult partly = verify(name, identity(name, new IdentityPolicy(TextMatch.Regexp.compile("@lab\\.test"), issuer)));
        assertEquals("expected a certificate for a whole match of /@lab\\.test/, found one for email dev@lab.test;"
                + " the expression matches only a part of it, which cosign would accept: write .* around it if that is meant",
                partly.reasons().getFirst().message());
    }

    @Test
    void aBundleIsRejectedAgainstTheRootOfOtherLogs() throws Exception {
        TrustedRoot root = root("cosign-v2-keyless");
        TrustedRoot withoutLogs = new TrustedRoot(List.of(), root.certificateAuthorities(), root.certificateTransparencyLogs(), root.timestampAuthorities());
        TrustedRoot withoutFulcio = new TrustedRoot(root.transparencyLogs(), List.of(), root.certificateTransparencyLogs(), root.timestampAuthorities());
        TrustedRoot withoutPromises = new TrustedRoot(root.transparencyLogs(), root.certificateAuthorities(), List.of(), root.timestampAuthorities());
        TrustedRoot withoutTime = new TrustedRoot(root.transparencyLogs(), root.certificateAuthorities(), root.certificateTransparencyLogs(), List.of());
        assertEquals(List.of(ErrorCode.LOG_UNTRUSTED), codes(verify("cosign-v2-keyless", new Trust.Identity(IDENTITY, withoutLogs))));
        assertEquals(List.of(ErrorCode.CERTIFICATE_UNTRUSTED), codes(verify("cosign-v2-keyless", new Trust.Identity(IDENTITY, withoutFulcio))));
        assertEquals(List.of(ErrorCode.SCT_LOG_UNTRUSTED), codes(verify("cosign-v2-keyless", new Trust.Identity(IDENTITY, withoutPromises))));
        assertEquals(List.of(ErrorCode.TIMESTAMP_UNTRUSTED), codes(verify("cosign-v2-keyless", new Trust.Identity(IDENTITY, withoutTime))));
    }

    private VerificationResult verify(String name, Trust trust) {
        return engine.verify(new VerificationRequest(new Evidence.BundleBytes(PeerFiles.bundle(name)), artifact, trust, new Expectations(null)));
    }

    private static List<ErrorCode> codes(VerificationResult result) {
        return result.reasons().stream().map(VerificationResult.Reason::code).toList();
    }

    private static Trust identity(String name, IdentityPolicy policy) throws Exception {
        return new Trust.Identity(policy, root(name));
    }

    private static TrustedRoot root(String name) throws Exception {
        Bytes json = PeerFiles.trustedRootOf(name);
        return TrustedRootCodec.read(json);
    }
}
