package dev.chancery.application.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedCtLog.Promise;
import dev.chancery.testkit.forge.ForgedEntry;
import dev.chancery.testkit.forge.ForgedInstance.Place;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.testkit.forge.ForgedTimestamp;
import dev.chancery.verification.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Services that answer in time, soundly written and wrongly: each lie at each step, with both kinds of log.
class EvidenceLiesTest {
    @TempDir
    private Path folder;
    private ForgedSigning forged;

    @BeforeEach
    void start() {
        forged = new ForgedSigning(folder.resolve("audit.log"));
    }

    @AfterEach
    void stop() {
        forged.close();
    }

    private SigningConfig config(Place log) {
        return log == Place.FIRST_LOG ? forged.firstLog() : forged.secondLog();
    }

    /// Nothing is handed out; what was signed is kept, and finished when the truth is told.
    private void assertKeptAndFinished(Place log, String why) throws Exception {
        var incomplete = assertThrows(EvidenceException.Incomplete.class, () -> forged.keyless(config(log)));
        assertTrue(incomplete.problem().why().matches(why + ".*"), incomplete.problem().why());
        forged.instance.heal();
        forged.instance.forget();
        PendingSignature kept = new PendingCodec(forged.crypto).read(PendingCodec.write(incomplete.pending()));
        assertEquals(Verdict.ACCEPTED, forged.verify(forged.resume(kept, config(log))).verdict());
    }

    private static UnaryOperator<InclusionProof> path(UnaryOperator<List<Bytes>> change) {
        return proof -> new InclusionProof(proof.logIndex(), proof.rootHash(), proof.treeSize(), change.apply(new ArrayList<>(proof.hashes())),
                proof.checkpointOrNull());
    }

    private static TransparencyLogEntry elsewhere(TransparencyLogEntry entry) {
        return new TransparencyLogEntry(entry.logIndex() + 1, entry.logId(), entry.kindVersion(), entry.integratedTimeOrNull(),
                entry.signedEntryTimestampOrNull(), entry.inclusionProof().orElseThrow(), entry.canonicalizedBody());
    }

    static Stream<Arguments> logLies() {
        return Stream.<Named<Consumer<ForgedEntry>>>of(
                        Named.of("a proof with a hash too few", entry -> entry.proof(path(hashes -> hashes.subList(1, hashes.size())))),
                        Named.of("a proof with a hash too many", entry -> entry.proof(path(hashes -> {
                            hashes.add(hashes.getFirst());
                            return hashes;
                        }))),
                        Named.of("a proof with a wrong hash", entry -> entry.proof(path(hashes -> {
                            hashes.set(0, hashes.getLast());
                            return hashes;
                        }))),
                        Named.of("a proof without hashes", entry -> entry.proof(path(_ -> List.of()))),
                        Named.of("a proof for another place", entry -> entry.proof(proof -> new InclusionProof(proof.logIndex() - 1, proof.rootHash(),
                                proof.treeSize(), proof.hashes(), proof.checkpointOrNull()))),
                        Named.of("a proof in a smaller tree", entry -> entry.proof(proof -> new InclusionProof(proof.logIndex(), proof.rootHash(),
                                proof.treeSize() - 1, proof.hashes(), proof.checkpointOrNull()))),
                        Named.of("another root hash", entry -> entry.proof(proof -> new InclusionProof(proof.logIndex(), proof.hashes().getFirst(),
                                proof.treeSize(), proof.hashes(), proof.checkpointOrNull()))),
                        Named.of("another index", entry -> entry.last(EvidenceLiesTest::elsewhere)),
                        Named.of("a checkpoint of another tree", entry -> entry.checkpoint(text -> text.replace("\n7\n", "\n8\n"))),
                        Named.of("a stranger's signatures", entry -> entry.signedBy(ForgedKey.p256())))
                .flatMap(lie -> Stream.of(Place.FIRST_LOG, Place.SECOND_LOG).map(log -> Arguments.of(log, lie)));
    }

    @ParameterizedTest
    @MethodSource("logLies")
    void aLogThatLiesIsNamedAndWhatWasSignedIsFinishedWhenItTellsTheTruth(Place log, Consumer<ForgedEntry> lie) throws Exception {
        forged.instance.entries(lie);
        assertKeptAndFinished(log, "CHY-L021: CHY-V0[45][0-9]: ");
    }

    @Test
    void aLogThatPromisesATimeOutsideTheCertificatesLifeIsNotBelieved() throws Exception {
        forged.instance.entries(entry -> entry.at(ForgedCertificate.START.plus(Duration.ofHours(1))));
        assertKeptAndFinished(Place.FIRST_LOG, "CHY-L021: CHY-V[0-9]{3}: ");
    }

    /// Of Rekor v1 these are no lies: its answer names no kind, and the trees of its older shards have other origins.
    static Stream<Arguments> secondLogLies() {
        return Stream.<Named<Consumer<ForgedEntry>>>of(
                Named.of("a checkpoint of another log", entry -> entry.checkpoint(text -> "elsewhere.test" + text.substring(text.indexOf('\n')))),
                Named.of("another kind of entry", entry -> entry.kind("intoto", "0.0.2"))).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("secondLogLies")
    void aRekorV2LogIsHeldToItsNameAndToItsKindOfEntries(Consumer<ForgedEntry> lie) throws Exception {
        forged.instance.entries(lie);
        assertKeptAndFinished(Place.SECOND_LOG, "CHY-L021: CHY-V0[45][0-9]: ");
    }

    static Stream<Arguments> timestampLies() {
        return Stream.of(
                Arguments.of(Named.<UnaryOperator<ForgedTimestamp>>of("of something else", time -> time.overOther(Bytes.ofUtf8("another signature")))),
                Arguments.of(Named.<UnaryOperator<ForgedTimestamp>>of("by a stranger", time -> time.by(ForgedServices.make().timestamps()))),
                Arguments.of(Named.<UnaryOperator<ForgedTimestamp>>of("in a stranger's name", time -> time.naming(ForgedServices.make().timestamps()))),
                Arguments.of(Named.<UnaryOperator<ForgedTimestamp>>of("that was not granted", time -> time.withStatus(2))),
                Arguments.of(Named.<UnaryOperator<ForgedTimestamp>>of("from before the certificate", time -> time.at(ForgedCertificate.START.minusSeconds(3600)))),
                Arguments.of(Named.<UnaryOperator<ForgedTimestamp>>of("from after the certificate", time -> time.at(ForgedCertificate.START.plusSeconds(3600)))));
    }

    @ParameterizedTest
    @MethodSource("timestampLies")
    void aTimestampAuthorityThatLiesIsNotBelieved(UnaryOperator<ForgedTimestamp> lie) throws Exception {
        forged.instance.timestamps(lie);
        var incomplete = assertThrows(EvidenceException.Incomplete.class, () -> forged.keyless(forged.secondLog()));
        assertTrue(incomplete.problem().why().matches("CHY-L026: .*CHY-V0[0-9]{2}: .*"), incomplete.problem().why());
        assertEquals(0, incomplete.pending().bundle().timestamps().size());
        forged.instance.heal();
        assertEquals(Verdict.ACCEPTED, forged.verify(forged.resume(incomplete.pending(), forged.secondLog())).verdict());
    }

    static Stream<Arguments> certificateLies() {
        return Stream.<Arguments>of(
                certificate(ErrorCode.CERTIFICATE_UNSOUND, "for another use", (certificate, _) -> certificate.forUse(KeyPurposeId.id_kp_serverAuth)),
                certificate(ErrorCode.CERTIFICATE_UNSOUND, "of an authority", (certificate, _) -> certificate.asAuthority()),
                certificate(ErrorCode.CERTIFICATE_UNSOUND, "with an unknown critical extension", (certificate, _) -> certificate.withStrangeCriticalExtension()),
                certificate(ErrorCode.CERTIFICATE_UNSOUND, "with a promise about another certificate",
                        (certificate, promise) -> certificate.withPromises(promise.withExtensions(Bytes.fromHex("aa"), Bytes.fromHex("bb")))),
                certificate(ErrorCode.CERTIFICATE_UNSOUND, "with a promise that can't be read",
                        (certificate, _) -> certificate.withPromises().withRawPromises(Bytes.fromHex("0000"))),
                certificate(ErrorCode.CERTIFICATE_FOR_ANOTHER, "of another key", (certificate, _) -> certificate.forKey(ForgedKey.p256().spki())),
                certificate(ErrorCode.CERTIFICATE_FOR_ANOTHER, "for two names", (certificate, _) -> certificate.forNames(
                        new GeneralName(GeneralName.rfc822Name, ForgedCertificate.NAME), new GeneralName(GeneralName.rfc822Name, "someone@else.test"))),
                certificate(ErrorCode.CERTIFICATE_FOR_ANOTHER, "for the name as an address of a page", (certificate, _) -> certificate.forNames(
                        new GeneralName(GeneralName.uniformResourceIdentifier, "mailto:" + ForgedCertificate.NAME))),
                certificate(ErrorCode.CERTIFICATE_FOR_ANOTHER, "that another issuer vouches for",
                        (certificate, _) -> certificate.vouchedForBy("https://login.else.test")));
    }

    private static Arguments certificate(ErrorCode code, String name, BiConsumer<ForgedCertificate, Promise> lie) {
        return Arguments.of(code, Named.of(name, lie));
    }

    @ParameterizedTest
    @MethodSource("certificateLies")
    void nothingIsSignedWithACertificate(ErrorCode code, BiConsumer<ForgedCertificate, Promise> lie) {
        forged.instance.certificates(certificate -> lie.accept(certificate, forged.services.certificateLog().promise()));
        var refusal = assertThrows(EvidenceException.BeforeSigning.class, () -> forged.keyless(forged.secondLog()));
        assertEquals(code, refusal.problem().code(), refusal.toString());
        assertEquals(0, forged.instance.asked(Place.TIMESTAMPS) + forged.instance.asked(Place.SECOND_LOG));
    }

    @Test
    void aClockThatIsADayOffIsFoundByTheCertificate() {
        for (Duration off : List.of(Duration.ofDays(-1), Duration.ofDays(1))) {
            try (ForgedSigning astray = new ForgedSigning(folder.resolve("audit" + off + ".log"), ForgedSigning.NOW.plus(off))) {
                var refusal = assertThrows(EvidenceException.BeforeSigning.class, () -> astray.keyless(astray.secondLog()));
                assertEquals(ErrorCode.CLOCK_SKEW, refusal.problem().code(), refusal.toString());
            }
        }
    }
}
