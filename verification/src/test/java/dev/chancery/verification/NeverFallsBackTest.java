package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedServices;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Where something is missing that a check needs, the check is not left out, nor another put in its place.
class NeverFallsBackTest {
    private static final ForgedServices SERVICES = ForgedServices.make();
    private static final TrustedRoot ROOT = SERVICES.trustedRoot();
    private static final IdentityPolicy IDENTITY =
            new IdentityPolicy(new TextMatch.Exact(ForgedCertificate.NAME), new TextMatch.Exact(ForgedCertificate.ISSUER));
    private static final SigstoreBundle BUNDLE = ForgedBundle.message(SERVICES).make();

    private final VerificationEngine engine = Engines.real();

    private VerificationResult verify(SigstoreBundle bundle, Trust trust, Requirements requirements) {
        return engine.verify(new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(bundle)), Engines.content(ForgedBundle.ARTIFACT), trust,
                new Expectations(null), requirements));
    }

    private static List<ErrorCode> codes(VerificationResult result) {
        return result.reasons().stream().map(VerificationResult.Reason::code).toList();
    }

    private static PublicKey key() throws Exception {
        return Engines.reader().read(((SigstoreBundle.KeyMaterial.Certificates) BUNDLE.keyMaterial()).leaf()).publicKey();
    }

    static Stream<Arguments> partsOfARoot() {
        return Stream.of(
                Arguments.of("logs", ErrorCode.LOG_UNTRUSTED, (UnaryOperator<TrustedRoot>) root -> new TrustedRoot(List.of(), root.certificateAuthorities(),
                        root.certificateTransparencyLogs(), root.timestampAuthorities())),
                Arguments.of("authorities", ErrorCode.CERTIFICATE_UNTRUSTED, (UnaryOperator<TrustedRoot>) root -> new TrustedRoot(root.transparencyLogs(), List.of(),
                        root.certificateTransparencyLogs(), root.timestampAuthorities())),
                Arguments.of("certificate logs", ErrorCode.SCT_LOG_UNTRUSTED, (UnaryOperator<TrustedRoot>) root -> new TrustedRoot(root.transparencyLogs(),
                        root.certificateAuthorities(), List.of(), root.timestampAuthorities())),
                Arguments.of("timestamp authorities", ErrorCode.TIMESTAMP_UNTRUSTED, (UnaryOperator<TrustedRoot>) root -> new TrustedRoot(root.transparencyLogs(),
                        root.certificateAuthorities(), root.certificateTransparencyLogs(), List.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("partsOfARoot")
    void aRootWithoutOneKindOfServiceWaivesNoCheck(String name, ErrorCode code, UnaryOperator<TrustedRoot> without) {
        assertEquals(List.of(code), codes(verify(BUNDLE, new Trust.Identity(IDENTITY, without.apply(ROOT)), Requirements.OF_CERTIFICATE)), name);
    }

    @Test
    void aCertificateWhoseKeyIsTrustedIsNoKey() throws Exception {
        PublicKey key = key();
        assertEquals(List.of(ErrorCode.KEY_MISMATCH), codes(verify(BUNDLE, new Trust.Key(key, null), Requirements.NONE)));
    }

    @Test
    void evidenceThatIsWantedWithoutARootIsUnknown() throws Exception {
        PublicKey key = key();
        SigstoreBundle keyed = new SigstoreBundle(BUNDLE.version(), new SigstoreBundle.KeyMaterial.PublicKeyHint(""), BUNDLE.logEntries(), BUNDLE.timestamps(),
                BUNDLE.content());
        assertEquals(List.of(), codes(verify(keyed, new Trust.Key(key, null), Requirements.NONE)));
        assertEquals(Verdict.UNKNOWN, verify(keyed, new Trust.Key(key, null), Requirements.OF_KEY).verdict());
        assertEquals(Verdict.UNKNOWN, verify(keyed, new Trust.Key(key, null), Requirements.NONE.withTimes(1)).verdict());
    }

    @Test
    void theTimeOfDayIsNoProofOfTime() {
        SigstoreBundle untimed = ForgedBundle.message(SERVICES).timestamped(false).make();
        Requirements none = new Requirements(0, 0, 0, List.of(), 0);
        VerificationResult result = Engines.at(ForgedCertificate.START.plusSeconds(5)).verify(new VerificationRequest(
                new Evidence.BundleBytes(BundleCodec.write(untimed)), Engines.content(ForgedBundle.ARTIFACT), new Trust.Identity(IDENTITY, ROOT),
                new Expectations(null), none));
        assertEquals(List.of(ErrorCode.TIME_MISSING), codes(result));
    }

    @Test
    void aClockThatIsBehindTheEvidenceMakesItUnknownAndOneThatIsAheadDoesNotMatter() {
        for (Instant time : List.of(ForgedCertificate.START.minusSeconds(3600), Instant.EPOCH)) {
            VerificationResult behind = Engines.at(time).verify(new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(BUNDLE)),
                    Engines.content(ForgedBundle.ARTIFACT), new Trust.Identity(IDENTITY, ROOT), new Expectations(null)));
            assertEquals(Verdict.UNKNOWN, behind.verdict());
            assertEquals(List.of(ErrorCode.CLOCK_BEHIND), codes(behind));
        }
        VerificationResult ahead = Engines.at(Instant.parse("2099-01-01T00:00:00Z")).verify(new VerificationRequest(
                new Evidence.BundleBytes(BundleCodec.write(BUNDLE)), Engines.content(ForgedBundle.ARTIFACT), new Trust.Identity(IDENTITY, ROOT), new Expectations(null)));
        assertEquals(Verdict.ACCEPTED, ahead.verdict());
        assertNotEquals(List.of(), ahead.verified());
    }
}
