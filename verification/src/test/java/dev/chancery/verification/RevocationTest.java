package dev.chancery.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationFacts;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.policy.RevocationDemand;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedList;
import dev.chancery.testkit.forge.ForgedResponse;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.verification.policy.Offered;
import dev.chancery.verification.policy.PolicyBinder;
import dev.chancery.verification.policy.PolicySurroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Whether a certificate was revoked is told by evidence that is sound but for one defect, and each defect by its code.
class RevocationTest {
    private static final ForgedAuthority ROOT = ForgedAuthority.root("CN=own root", ForgedList.FOR_LISTS);
    private static final ForgedAuthority AUTHORITY = ROOT.subordinate("CN=own authority", ForgedList.FOR_LISTS.withPathLength(0));
    private static final ForgedAuthority TWIN = ROOT.subordinate("CN=own authority", ForgedList.FOR_LISTS.withPathLength(0));
    private static final ForgedAuthority RESPONDER = AUTHORITY.subordinate("CN=responder", ForgedResponse.FOR_RESPONSES);
    private static final ForgedServices SERVICES = ForgedServices.make().withAuthority(ROOT, AUTHORITY);
    private static final Trust.Authority TRUST = new Trust.Authority(ForgedServices.authority(List.of(AUTHORITY.der(), ROOT.der()),
            ValidityWindow.ALWAYS), new TextMatch.Exact(ForgedCertificate.NAME), SERVICES.trustedRoot());

    /// As an organisation's certificates are: for a year.
    private static final ForgedBundle BUNDLE = bundle();
    private static final Instant SIGNED = ForgedCertificate.START.plusSeconds(60);
    private static final Bytes OF_ROOT = ForgedList.by(ROOT).issue();
    private static final long NUMBER = ForgedCertificate.SERIAL_NUMBER;
    private static final Instant NOW = Instant.parse("2026-12-31T00:00:00Z");

    private static ForgedBundle bundle() {
        return ForgedBundle.message(SERVICES).certificate(certificate -> certificate.livingFor(Duration.ofDays(365)))
                .timestamp(timestamp -> timestamp.at(ForgedCertificate.START.plusSeconds(60)));
    }

    private record Case(String rule, ErrorCode code, Source evidence) {
        static Case list(String rule, ErrorCode code, ForgedList list) {
            return new Case(rule, code, Source.of(List.of(OF_ROOT, list.issue()), List.of()));
        }

        static Case response(String rule, ErrorCode code, ForgedResponse response) {
            return new Case(rule, code, Source.of(List.of(OF_ROOT), List.of(response.issue())));
        }
    }

    /// Gives what it has, first or when it is asked to fetch.
    private record Source(Found known, Found fetched, List<RevocationFacts> asked) implements RevocationSource {
        static Source of(List<Bytes> lists, List<Bytes> responses) {
            return new Source(new Found(lists, responses, List.of()), Found.NOTHING, new ArrayList<>());
        }

        @Override
        public Found known(RevocationFacts facts) {
            return known;
        }

        @Override
        public Found fetched(RevocationFacts facts) {
            asked.add(facts);
            return fetched;
        }
    }

    private static ForgedList list() {
        return ForgedList.by(AUTHORITY);
    }

    private static ForgedResponse response() {
        return ForgedResponse.by(AUTHORITY, RESPONDER);
    }

    private static Stream<Case> sound() {
        return Stream.of(
                Case.list("a list without entries", ErrorCode.DEFECT, list()),
                Case.list("a list that revokes others", ErrorCode.DEFECT, list().revoking(NUMBER + 1, SIGNED, CRLReason.keyCompromise)),
                Case.response("a response by the authority itself", ErrorCode.DEFECT, ForgedResponse.by(AUTHORITY)),
                Case.response("a response by a responder whom the authority has certified", ErrorCode.DEFECT, response()),
                Case.list("a certificate that was superseded after it signed", ErrorCode.DEFECT, list().revoking(NUMBER, SIGNED.plusSeconds(1), CRLReason.superseded)),
                Case.response("a certificate that was given up after it signed", ErrorCode.DEFECT, response().revoked(SIGNED.plusSeconds(1), CRLReason.cessationOfOperation)),
                Case.list("a key that was stolen, as the authority says, after it signed", ErrorCode.DEFECT,
                        list().revoking(NUMBER, SIGNED.plusSeconds(100), CRLReason.keyCompromise, SIGNED.plusSeconds(1))),
                Case.list("a list of signers only", ErrorCode.DEFECT, list().with(Extension.issuingDistributionPoint, true,
                        new IssuingDistributionPoint(null, true, false, null, false, false))));
    }

    private static Stream<Case> revoked() {
        return Stream.of(
                Case.list("revoked before it signed", ErrorCode.CERTIFICATE_REVOKED, list().revoking(NUMBER, SIGNED.minusSeconds(1), CRLReason.superseded)),
                Case.list("revoked in the second in which it signed", ErrorCode.CERTIFICATE_REVOKED, list().revoking(NUMBER, SIGNED, CRLReason.superseded)),
                Case.response("revoked before it signed, says a response", ErrorCode.CERTIFICATE_REVOKED, response().revoked(SIGNED.minusSeconds(1), CRLReason.superseded)),
                Case.list("a stolen key, of which nobody says since when", ErrorCode.CERTIFICATE_REVOKED, list().revoking(NUMBER, SIGNED.plusSeconds(999), CRLReason.keyCompromise)),
                Case.list("an authority whose key was stolen", ErrorCode.CERTIFICATE_REVOKED, list().revoking(NUMBER, SIGNED.plusSeconds(999), CRLReason.cACompromise)),
                Case.list("stolen before it signed", ErrorCode.CERTIFICATE_REVOKED,
                        list().revoking(NUMBER, SIGNED.plusSeconds(999), CRLReason.keyCompromise, SIGNED.minusSeconds(1))),
                Case.list("invalid before it was revoked", ErrorCode.CERTIFICATE_REVOKED,
                        list().revoking(NUMBER, SIGNED.plusSeconds(999), CRLReason.superseded, SIGNED.minusSeconds(1))),
                Case.list("on hold when it signed", ErrorCode.CERTIFICATE_REVOKED, list().revoking(NUMBER, SIGNED.minusSeconds(1), CRLReason.certificateHold)),
                Case.list("revoked, says a list that is out of date", ErrorCode.CERTIFICATE_REVOKED,
                        list().from(SIGNED, SIGNED.plusSeconds(1)).revoking(NUMBER, SIGNED.minusSeconds(1), CRLReason.superseded)),
                new Case("revoked, says a list, and not, says a response", ErrorCode.CERTIFICATE_REVOKED, Source.of(
                        List.of(OF_ROOT, list().revoking(NUMBER, SIGNED.minusSeconds(1), CRLReason.superseded).issue()), List.of(response().issue()))),
                new Case("an authority that was revoked", ErrorCode.CERTIFICATE_REVOKED, Source.of(List.of(list().issue(),
                        ForgedList.by(ROOT).revoking(ForgedAuthority.SERIAL_NUMBER, SIGNED.minusSeconds(1), CRLReason.superseded).issue()), List.of())));
    }

    private static Stream<Case> doubtful() {
        ForgedAuthority stranger = ForgedAuthority.root("CN=stranger", ForgedList.FOR_LISTS);
        GeneralNames elsewhere = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "http://elsewhere.test/list"));
        return Stream.of(
                new Case("nothing", ErrorCode.REVOCATION_UNPROVEN, Source.of(List.of(), List.of())),
                Case.list("a list that is out of date", ErrorCode.REVOCATION_STALE, list().from(SIGNED, NOW.minusSeconds(1))),
                Case.response("a response that is out of date", ErrorCode.REVOCATION_STALE, response().from(SIGNED, NOW.minusSeconds(1))),
                Case.response("a response that doesn't say until when it counts", ErrorCode.REVOCATION_STALE, response().from(NOW, null)),
                Case.list("a hold that is out of date, and may have been lifted", ErrorCode.REVOCATION_STALE,
                        list().from(SIGNED, SIGNED.plusSeconds(1)).revoking(NUMBER, SIGNED.minusSeconds(1), CRLReason.certificateHold)),
                Case.list("a list from the future", ErrorCode.CLOCK_BEHIND, list().from(NOW.plusSeconds(3600), NOW.plusSeconds(7200))),
                Case.response("a response from the future", ErrorCode.CLOCK_BEHIND, response().from(NOW.plusSeconds(3600), NOW.plusSeconds(7200))),
                Case.list("a list by another authority", ErrorCode.REVOCATION_NOT_ABOUT, ForgedList.by(stranger)),
                Case.response("a response about another certificate", ErrorCode.REVOCATION_NOT_ABOUT, response().about(NUMBER + 1)),
                Case.response("a response about another authority's certificate of the same number", ErrorCode.REVOCATION_NOT_ABOUT, response().aboutOneOf(stranger)),
                Case.list("a list signed with another key", ErrorCode.REVOCATION_SIGNATURE_INVALID, ForgedList.inTheNameOf(AUTHORITY, ForgedKey.p256())),
                Case.list("a list by an imitated authority", ErrorCode.REVOCATION_SIGNATURE_INVALID, ForgedList.by(TWIN)),
                Case.response("a response signed with another key", ErrorCode.REVOCATION_SIGNATURE_INVALID, response().signedWith(ForgedKey.p256())),
                Case.response("a response by somebody whom the authority hasn't certified", ErrorCode.REVOCATION_UNTRUSTED,
                        ForgedResponse.by(AUTHORITY, TWIN.subordinate("CN=responder", ForgedResponse.FOR_RESPONSES))),
                Case.response("a response by somebody certified for something else", ErrorCode.REVOCATION_UNTRUSTED, ForgedResponse.by(AUTHORITY,
                        AUTHORITY.subordinate("CN=responder", ForgedResponse.responder(KeyPurposeId.id_kp_codeSigning, true)))),
                Case.response("a response by a responder who may itself be revoked", ErrorCode.REVOCATION_UNTRUSTED, ForgedResponse.by(AUTHORITY,
                        AUTHORITY.subordinate("CN=responder", ForgedResponse.responder(KeyPurposeId.id_kp_OCSPSigning, false)))),
                Case.response("a response by a responder whose certificate has ended", ErrorCode.REVOCATION_UNTRUSTED, ForgedResponse.by(AUTHORITY,
                        AUTHORITY.subordinate("CN=responder", ForgedResponse.FOR_RESPONSES.until(SIGNED)))),
                Case.response("a responder who doesn't know the certificate", ErrorCode.REVOCATION_STATUS_UNKNOWN, response().unknown()),
                Case.list("a delta", ErrorCode.EVIDENCE_UNSUPPORTED, list().with(Extension.deltaCRLIndicator, true, new ASN1Integer(1))),
                Case.list("an indirect list", ErrorCode.EVIDENCE_UNSUPPORTED, list().with(Extension.issuingDistributionPoint, true,
                        new IssuingDistributionPoint(null, false, false, null, true, false))),
                Case.list("a list with an entry that nobody understands", ErrorCode.EVIDENCE_UNSUPPORTED, list().withStrangeEntry()),
                Case.list("a list with a critical extension that nobody understands", ErrorCode.EVIDENCE_UNSUPPORTED,
                        list().with(new ASN1ObjectIdentifier("1.2.3.4.5"), true, new ASN1Integer(1))),
                Case.list("a list of authorities only", ErrorCode.REVOCATION_NOT_ABOUT, list().with(Extension.issuingDistributionPoint, true,
                        new IssuingDistributionPoint(null, false, true, null, false, false))),
                Case.list("the list of another distribution point", ErrorCode.REVOCATION_NOT_ABOUT, list().with(Extension.issuingDistributionPoint, true,
                        new IssuingDistributionPoint(new DistributionPointName(elsewhere), false, false, null, false, false))),
                new Case("a list that is cut off", ErrorCode.REVOCATION_MALFORMED, Source.of(List.of(OF_ROOT, list().issue().slice(0, 40)), List.of())),
                new Case("a response with a byte after it", ErrorCode.REVOCATION_MALFORMED,
                        Source.of(List.of(OF_ROOT), List.of(response().issue().concat(Bytes.fromHex("00"))))));
    }

    /// The codes that are shown here.
    static Set<ErrorCode> codes() {
        Set<ErrorCode> codes = new TreeSet<>();
        Stream.concat(revoked(), doubtful()).forEach(each -> codes.add(each.code()));
        return codes;
    }

    private static VerificationResult verify(ForgedBundle bundle, RevocationDemand demand, RevocationSource source) {
        Requirements requirements = Requirements.OF_AUTHORITY.withRevocation(new Revocation(demand, source));
        return Engines.real().verify(new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(bundle.make())), Engines.content(ForgedBundle.ARTIFACT), TRUST,
                new Expectations(null), requirements));
    }

    private static List<ErrorCode> codes(VerificationResult result) {
        return result.reasons().stream().map(VerificationResult.Reason::code).toList();
    }

    @TestFactory
    Stream<DynamicTest> soundEvidenceThatItWasGoodIsEnough() {
        return sound().map(each -> DynamicTest.dynamicTest(each.rule(), () -> {
            VerificationResult result = verify(BUNDLE, RevocationDemand.REQUIRED, each.evidence());
            assertEquals(List.of(), result.reasons());
            assertEquals(2, result.findings().stream().filter(finding -> finding.step() == Step.REVOCATION).count(), "the signer's and the authority's");
            assertEquals(List.of(), each.evidence().asked(), "nobody is asked when the answer is at hand");
        }));
    }

    @TestFactory
    Stream<DynamicTest> whatWasRevokedIsRejectedHoweverItIsLookedAt() {
        return revoked().map(each -> DynamicTest.dynamicTest(each.rule(), () -> {
            for (RevocationDemand demand : List.of(RevocationDemand.REQUIRED, RevocationDemand.WHEN_AVAILABLE)) {
                VerificationResult result = verify(BUNDLE, demand, each.evidence());
                assertEquals(List.of(each.code()), codes(result), () -> result.reasons().toString());
                assertEquals(Verdict.REJECTED, result.verdict());
            }
            assertEquals(Verdict.ACCEPTED, verify(BUNDLE, RevocationDemand.OFF, each.evidence()).verdict());
        }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoEvidenceIsUnknownWhereEvidenceIsRequired() {
        return doubtful().map(each -> DynamicTest.dynamicTest(each.rule() + " is " + each.code().code(), () -> {
            VerificationResult result = verify(BUNDLE, RevocationDemand.REQUIRED, each.evidence());
            assertEquals(Set.of(each.code()), Set.copyOf(codes(result)), () -> result.reasons().toString());
            assertEquals(Verdict.UNKNOWN, result.verdict());
            assertEquals(Verdict.ACCEPTED, verify(BUNDLE, RevocationDemand.WHEN_AVAILABLE, each.evidence()).verdict());
        }));
    }

    /// Bad evidence beside good changes nothing.
    @TestFactory
    Stream<DynamicTest> whatIsNoEvidenceSpoilsNothing() {
        return doubtful().map(each -> DynamicTest.dynamicTest(each.rule(), () -> {
            List<Bytes> lists = new ArrayList<>(each.evidence().known().lists());
            lists.addAll(List.of(OF_ROOT, list().issue()));
            assertEquals(List.of(), verify(BUNDLE, RevocationDemand.REQUIRED, Source.of(lists, each.evidence().known().responses())).reasons());
        }));
    }

    @Test
    void whatIsNotAtHandIsFetchedAndWhyItCameToNothingIsSaid() {
        Source fetching = new Source(RevocationSource.Found.NOTHING, new RevocationSource.Found(List.of(OF_ROOT, list().issue()), List.of(), List.of()), new ArrayList<>());
        assertEquals(Verdict.ACCEPTED, verify(BUNDLE, RevocationDemand.REQUIRED, fetching).verdict());
        assertEquals(2, fetching.asked().size());
        Source failing = new Source(RevocationSource.Found.NOTHING, new RevocationSource.Found(List.of(), List.of(), List.of("nobody answers")), new ArrayList<>());
        VerificationResult result = verify(BUNDLE, RevocationDemand.REQUIRED, failing);
        assertEquals(List.of(ErrorCode.REVOCATION_UNPROVEN), codes(result));
        assertTrue(result.reasons().getFirst().message().contains("nobody answers"));
    }

    /// Lists may leave out certificates that have ended (RFC 5280 §3.3), so that their silence about one says nothing.
    @Test
    void ofACertificateThatHasEndedTheLastWordCounts() {
        ForgedBundle ended = bundle().certificate(certificate -> certificate.livingFor(Duration.ofDays(30)));
        Instant end = ForgedCertificate.START.plus(Duration.ofDays(30));
        Bytes lastWord = list().from(end.minusSeconds(60), end.plusSeconds(60)).issue();
        Bytes tooEarly = list().from(end.minusSeconds(60), end.minusSeconds(1)).issue();
        Bytes afterwards = list().issue();
        Bytes keeping = list().with(new ASN1ObjectIdentifier("2.5.29.60"), false, new ASN1GeneralizedTime("20260101000000Z")).issue();
        for (Map.Entry<Bytes, Verdict> each : Map.of(lastWord, Verdict.ACCEPTED, tooEarly, Verdict.UNKNOWN, afterwards, Verdict.UNKNOWN, keeping, Verdict.ACCEPTED).entrySet()) {
            VerificationResult result = verify(ended, RevocationDemand.REQUIRED, Source.of(List.of(OF_ROOT, each.getKey()), List.of()));
            assertEquals(each.getValue(), result.verdict(), () -> result.reasons().toString());
        }
    }

    @Test
    void aPolicySaysWhetherItIsLookedAt() throws Exception {
        String yaml = """
                policy: chancery.dev/v1
                signers:
                  dev: {authority: {name: dev@forge.test, certificates: "CHAIN"}}
                roles:
                  release: {threshold: 1, signers: [dev]}
                require:
                  - signatureBy: release
                evidence: {revocation: DEMAND}
                """.replace("CHAIN", pem(AUTHORITY) + pem(ROOT));
        Source revoking = Source.of(List.of(OF_ROOT, list().revoking(NUMBER, SIGNED.minusSeconds(1), CRLReason.superseded).issue()), List.of());
        Source nothing = Source.of(List.of(), List.of());
        assertEquals(Verdict.REJECTED, byPolicy(yaml.replace("DEMAND", "required"), revoking));
        assertEquals(Verdict.UNKNOWN, byPolicy(yaml.replace("DEMAND", "required"), nothing));
        assertEquals(Verdict.REJECTED, byPolicy(yaml.replace("DEMAND", "when-available"), revoking));
        assertEquals(Verdict.ACCEPTED, byPolicy(yaml.replace("DEMAND", "when-available"), nothing));
        assertEquals(Verdict.ACCEPTED, byPolicy(yaml.replace("DEMAND", "\"off\""), revoking));
    }

    private static Verdict byPolicy(String yaml, RevocationSource source) throws Exception {
        var policy = new PolicyBinder(new SpkiPublicKeyDecoder(), Engines.attestations(), () -> expression -> statement -> false)
                .bindAmong(PolicyCodec.read(Bytes.ofUtf8(yaml)), "test.yaml", new PolicySurroundings(SERVICES.trustedRoot(), null, source));
        return Engines.policies(Engines.CLOCK).verify(List.of(new Offered("bundle", new Evidence.BundleBytes(BundleCodec.write(BUNDLE.make())))),
                Engines.content(ForgedBundle.ARTIFACT), List.of(policy)).verdict();
    }

    private static String pem(ForgedAuthority authority) {
        return "-----BEGIN CERTIFICATE-----\\n" + authority.der().toBase64().replaceAll("(.{64})", "$1\\\\n") + "\\n-----END CERTIFICATE-----\\n";
    }
}
