package dev.chancery.application.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.trust.ServiceGroup;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.testkit.forge.ForgedInstance.Fault;
import dev.chancery.testkit.forge.ForgedInstance.Place;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.verification.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every service, failing or lying at its step: no bundle is handed out that does not verify, and nothing signed is lost.
class EvidenceFaultsTest {
    @TempDir
    private Path folder;
    private ForgedSigning forged;
    private Path log;

    @BeforeEach
    void start() {
        log = folder.resolve("audit.log");
        forged = new ForgedSigning(log);
    }

    @AfterEach
    void stop() {
        forged.close();
    }

    private List<String> purposes() throws Exception {
        List<String> purposes = new ArrayList<>();
        if (Files.exists(log)) {
            forged.audit.verify((index, event) -> purposes.add(((AuditEvent.SignatureMade) event).purpose()));
        }
        return purposes;
    }

    private void assertVerifies(SigstoreBundle bundle) {
        assertEquals(List.of(), forged.verify(bundle).reasons());
        assertEquals(Verdict.ACCEPTED, forged.verify(bundle).verdict());
    }

    @Test
    void whatIsHandedOutVerifiesWithEitherLog() throws Exception {
        assertVerifies(forged.keyless(forged.secondLog()).bundle());
        assertVerifies(forged.keyless(forged.firstLog()).bundle());
        assertEquals(List.of("proof-of-possession", "artifact", "proof-of-possession", "artifact"), purposes());
    }

    @Test
    void aKeyNeedsNoCertificateAuthority() throws Exception {
        SigstoreBundle bundle = forged.keyed(forged.secondLog()).bundle();
        assertEquals(1, bundle.logEntries().size());
        assertEquals(1, bundle.timestamps().size());
        assertEquals(0, forged.instance.asked(Place.CERTIFICATES));
    }

    static Stream<Arguments> failures() {
        return Stream.of(Place.TIMESTAMPS, Place.FIRST_LOG, Place.SECOND_LOG)
                .flatMap(place -> Stream.of(Fault.values()).map(fault -> Arguments.of(place, fault)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aSignatureWhoseEvidenceCannotBeHadIsKeptAndFinishedLater(Place place, Fault fault) throws Exception {
        SigningConfig config = place == Place.FIRST_LOG ? forged.firstLog() : forged.secondLog();
        forged.instance.failAlways(place, fault);
        var incomplete = assertThrows(EvidenceException.Incomplete.class, () -> forged.keyless(config));
        assertEquals(ErrorCode.EVIDENCE_INCOMPLETE, incomplete.problem().code());
        assertFalse(incomplete.toString().contains(ForgedSigning.TOKEN));
        forged.instance.heal();
        PendingSignature kept = new PendingCodec(forged.crypto).read(PendingCodec.write(incomplete.pending()));
        assertVerifies(forged.resume(kept, config));
        assertEquals(List.of("proof-of-possession", "artifact"), purposes(), "it was signed once");
    }

    private PendingSignature leftWithoutATimestamp() throws Exception {
        forged.instance.failAlways(Place.TIMESTAMPS, Fault.FAIL);
        var incomplete = assertThrows(EvidenceException.Incomplete.class, () -> forged.keyless(forged.secondLog()));
        assertEquals(1, incomplete.pending().bundle().logEntries().size());
        forged.instance.heal();
        return new PendingCodec(forged.crypto).read(PendingCodec.write(incomplete.pending()));
    }

    @Test
    void whatALogHasShownIsKeptWhenNobodyToldTheTimeAndTheLogIsNotAskedAgain() throws Exception {
        assertVerifies(forged.resume(leftWithoutATimestamp(), forged.secondLog()));
        assertEquals(1, forged.instance.asked(Place.SECOND_LOG));
    }

    @Test
    void anEntryFromTheFileIsNotBelieved() throws Exception {
        PendingSignature kept = leftWithoutATimestamp();
        TransparencyLogEntry entry = kept.bundle().logEntries().getFirst();
        TransparencyLogEntry changed = new TransparencyLogEntry(entry.logIndex() + 1, entry.logId(), entry.kindVersion(), entry.integratedTimeOrNull(),
                entry.signedEntryTimestampOrNull(), entry.inclusionProof().orElseThrow(), entry.canonicalizedBody());
        assertVerifies(forged.resume(kept.with(List.of(changed), List.of()), forged.secondLog()));
        assertTrue(forged.instance.asked(Place.SECOND_LOG) > 1, "the log was asked for its own");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void nothingIsSignedWithoutACertificate(Fault fault) throws Exception {
        forged.instance.failAlways(Place.CERTIFICATES, fault);
        ProblemException refusal = assertThrows(EvidenceException.BeforeSigning.class, () -> forged.keyless(forged.secondLog()));
        assertFalse(refusal.toString().contains(ForgedSigning.TOKEN));
        assertFalse(purposes().contains("artifact"));
        assertEquals(0, forged.instance.asked(Place.TIMESTAMPS) + forged.instance.asked(Place.SECOND_LOG));
    }

    private void assertCertificateRefused(ErrorCode code) throws Exception {
        ProblemException refusal = assertThrows(EvidenceException.BeforeSigning.class, () -> forged.keyless(forged.secondLog()));
        assertEquals(code, refusal.problem().code(), refusal.toString());
        assertFalse(purposes().contains("artifact"));
    }

    @Test
    void aCertificateForAnotherKeyIsThrownAway() throws Exception {
        forged.instance.certificates(certificate -> certificate.forKey(ForgedKey.p256().spki()));
        assertCertificateRefused(ErrorCode.CERTIFICATE_FOR_ANOTHER);
    }

    @Test
    void aCertificateForAnotherNameIsThrownAway() throws Exception {
        forged.instance.certificates(certificate -> certificate.forNames(new GeneralName(GeneralName.rfc822Name, "someone@else.test")));
        assertCertificateRefused(ErrorCode.CERTIFICATE_FOR_ANOTHER);
    }

    @Test
    void aCertificateBySomeoneElseIsThrownAway() throws Exception {
        forged.instance.certificates(certificate -> certificate.by(ForgedAuthority.root("CN=other", ForgedAuthority.Shape.SOUND)));
        assertCertificateRefused(ErrorCode.CERTIFICATE_UNSOUND);
    }

    @Test
    void aCertificateWithoutAPromiseOfACertificateLogIsThrownAway() throws Exception {
        forged.instance.certificates(certificate -> certificate.withPromises());
        assertCertificateRefused(ErrorCode.CERTIFICATE_UNSOUND);
    }

    @Test
    void aPromiseByAStrangerIsNoPromise() throws Exception {
        forged.instance.certificates(certificate ->
                certificate.withPromises(forged.services.certificateLog().promise().signedBy(ForgedKey.p256())));
        assertCertificateRefused(ErrorCode.CERTIFICATE_UNSOUND);
    }

    private void assertKept(String why) {
        var incomplete = assertThrows(EvidenceException.Incomplete.class, () -> forged.keyless(forged.secondLog()));
        assertTrue(incomplete.problem().why().startsWith(why), incomplete.problem().why());
    }

    @Test
    void aTimestampOverSomethingElseIsThrownAway() {
        forged.instance.timestamps(timestamp -> timestamp.overOther(Bytes.ofUtf8("another signature")));
        assertKept("CHY-L026: from " + forged.instance.url(Place.TIMESTAMPS) + ": CHY-V032");
    }

    @Test
    void aTimestampByAStrangerIsThrownAway() {
        forged.instance.timestamps(timestamp -> timestamp.by(ForgedServices.make().timestamps()));
        assertKept("CHY-L026: from " + forged.instance.url(Place.TIMESTAMPS) + ": CHY-V034");
    }

    @Test
    void aTimestampThatWasNotGrantedIsThrownAway() {
        forged.instance.timestamps(timestamp -> timestamp.withStatus(2));
        assertKept("CHY-L026: from " + forged.instance.url(Place.TIMESTAMPS) + ": CHY-V031");
    }

    @Test
    void aTimestampFromOutsideTheCertificatesLifeIsNotHandedOut() {
        forged.instance.timestamps(timestamp -> timestamp.at(ForgedSigning.NOW.minus(Duration.ofHours(1))));
        assertKept("CHY-L026: from " + forged.instance.url(Place.TIMESTAMPS) + ": CHY-V025");
    }

    @Test
    void anEntryWithAWrongProofIsThrownAway() {
        forged.instance.entries(entry -> entry.proof(proof -> new dev.chancery.domain.log.InclusionProof(proof.logIndex(), proof.rootHash(),
                proof.treeSize(), proof.hashes().subList(0, proof.hashes().size() - 1), proof.checkpointOrNull())));
        assertKept("CHY-L021: CHY-V045");
    }

    @Test
    void anEntryUnderACheckpointByAStrangerIsThrownAway() {
        forged.instance.entries(entry -> entry.signedBy(ForgedKey.ed25519()));
        assertKept("CHY-L021: CHY-V047");
    }

    @Test
    void anEntryAboutSomethingElseIsThrownAway() {
        forged.instance.entries(entry -> entry.body(body -> body.replaceFirst("\"content\":\"[^\"]{8}", "\"content\":\"AAAAAAAA")));
        assertKept("CHY-L021: CHY-V043");
    }

    @Test
    void whereOneLogIsEnoughTheNextIsAskedWhenTheFirstLies() throws Exception {
        ServiceGroup both = new ServiceGroup(List.of(forged.service(Place.SECOND_LOG, 2),
                new dev.chancery.domain.trust.Service(forged.instance.url(Place.SECOND_LOG) + "/mirror", 2,
                        new dev.chancery.domain.trust.ValidityWindow(java.time.Instant.EPOCH, null), "another")), new ServiceGroup.Selection.Any());
        List<Boolean> lied = new ArrayList<>();
        forged.instance.entries(entry -> {
            if (lied.isEmpty()) {
                lied.add(true);
                entry.signedBy(ForgedKey.ed25519());
            }
        });
        assertVerifies(forged.keyless(forged.config(both)).bundle());
        assertEquals(2, forged.instance.asked(Place.SECOND_LOG));
    }

    @Test
    void whoeverThrottlesIsLeftAloneAsLongAsItAsksAndAskedAgain() throws Exception {
        forged.instance.failNext(Place.SECOND_LOG, Fault.THROTTLE);
        assertVerifies(forged.keyless(forged.secondLog(), Duration.ofSeconds(20)).bundle());
        assertEquals(List.of(Duration.ofSeconds(1)), forged.pauses);
    }

    @Test
    void anUploadThatWasAcceptedAndNotAnsweredIsLookedUpAndNotRepeated() throws Exception {
        forged.instance.failNext(Place.FIRST_LOG, Fault.DO_AND_HANG_UP);
        assertVerifies(forged.keyless(forged.firstLog()).bundle());
        assertEquals(1, forged.instance.firstLogEntries());
        assertEquals(2, forged.instance.asked(Place.FIRST_LOG), "one upload, one search");
    }

    @Test
    void anUploadToRekorV2ThatWasAcceptedAndNotAnsweredIsReadFromItsTree() throws Exception {
        forged.instance.failNext(Place.SECOND_LOG, Fault.DO_AND_HANG_UP);
        assertVerifies(forged.keyless(forged.secondLog(), Duration.ofSeconds(20)).bundle());
        assertEquals(1, forged.instance.secondLogEntries());
    }
}
