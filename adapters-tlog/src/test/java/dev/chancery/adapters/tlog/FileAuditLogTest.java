package dev.chancery.adapters.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.audit.AuditEvent.KeyDestruction;
import dev.chancery.domain.audit.AuditEvent.SignatureAttempt;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.audit.AuditReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditLogTest {
    // SHA-256 of "chancery audit v1\n0\n<64 zeros>\n" and the event, and of "chancery audit v1\n1\n<the first>\n" and the second
    // event, made with Python's hashlib.
    private static final String FIRST = "0 96da9503026abb5a7035c8d2ee528dc9328608cf25a67ccc3cd30090d267fa92 "
            + "{\"event\":\"keyGenerated\",\"time\":\"2026-01-02T03:04:05Z\",\"actor\":\"ana\",\"keyId\":\"ab\",\"keyUri\":\"release.key\",\"kind\":\"p256\"}\n";
    private static final String SECOND = "1 7de6943cc8db5ff1031c2229ee8dfb4e5726c81779de214a38f07f9535856a46 "
            + "{\"event\":\"keyGenerated\",\"time\":\"2026-01-02T03:04:06Z\",\"actor\":\"ana\",\"keyId\":\"cd\",\"keyUri\":\"other.key\",\"kind\":\"p384\"}\n";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("state").resolve("audit.log");
    }

    @Test
    void theFileHasTheDocumentedForm() throws Exception {
        FileAuditLog.at(file).append(first());
        FileAuditLog.at(file).append(second());
        assertEquals(FIRST + SECOND, Files.readString(file));
    }

    @Test
    void theFileAndItsFolderAreForTheirOwnerOnly() throws Exception {
        FileAuditLog.at(file).append(first());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state"))));
    }

    @Test
    void everyKindOfEventIsReadAsItWasWritten() throws Exception {
        List<AuditEvent> events = List.of(first(), signature(null), destruction(KeyDestruction.Step.INTENDED), destruction(KeyDestruction.Step.DONE),
                attempt(SignatureAttempt.Progress.INTENDED), attempt(SignatureAttempt.Progress.NOT_MADE),
                unanswered(), new AuditEvent.KeyRotated(Instant.parse("2026-01-02T03:04:08Z"), "ana", "cd", "hashivault://k/versions/2", "ab"),
                signature(new AuditEvent.Recovery(HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("item")), "out/a.json", Bytes.fromHex("00ff"))));
        for (AuditEvent event : events) {
            FileAuditLog.at(file).append(event);
        }
        assertEquals(events, walk());
    }

    @Test
    void anInterruptedAppendIsCutOffByTheNextAndDoesNotCount() throws Exception {
        write(FIRST + SECOND.substring(0, 100));
        assertEquals(100, verify().unfinishedBytes());
        FileAuditLog.at(file).append(second());
        assertEquals(FIRST + SECOND, Files.readString(file));
    }

    @Test
    void aFileThatIsOnlyAnInterruptedAppendStartsAnew() throws Exception {
        write(FIRST.substring(0, 50));
        FileAuditLog.at(file).append(first());
        assertEquals(FIRST, Files.readString(file));
    }

    @Test
    void theChangeOfAnyByteOfAnyLineIsFound() throws Exception {
        byte[] good = (FIRST + SECOND).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < good.length - 1; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            write(new String(bad, StandardCharsets.ISO_8859_1));
            AuditReport report = verify();
            assertTrue(report.broken().isPresent(), "byte " + i);
            assertTrue(report.entries() <= (i < FIRST.length() ? 0 : 1), "byte " + i);
        }
    }

    @Test
    void aLineTakenOutOfTheMiddleIsFound() throws Exception {
        FileAuditLog log = FileAuditLog.at(file);
        log.append(first());
        log.append(second());
        log.append(first());
        List<String> lines = Files.readAllLines(file);
        write(lines.get(0) + "\n" + lines.get(2) + "\n");
        assertEquals(1, verify().entries());
        assertTrue(verify().broken().isPresent());
    }

    @Test
    void nothingIsAppendedToALogWhoseEndWasAltered() throws Exception {
        String altered = FIRST + SECOND.replace("other.key", "0ther.key");
        write(altered);
        AuditException refused = assertThrows(AuditException.NotDurable.class, () -> FileAuditLog.at(file).append(first()));
        assertEquals(ErrorCode.AUDIT_UNWRITABLE, refused.problem().code());
        assertEquals(altered, Files.readString(file));
    }

    @Test
    void aLinkInTheFilesPlaceIsNotFollowed() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "");
        Files.createDirectory(folder.resolve("state"));
        Files.createSymbolicLink(file, elsewhere);
        assertThrows(AuditException.NotDurable.class, () -> FileAuditLog.at(file).append(first()));
        assertEquals("", Files.readString(elsewhere));
    }

    @Test
    void whatAnotherProcessAppendedMeanwhileIsFollowedNotOverwritten() throws Exception {
        FileAuditLog here = FileAuditLog.at(file);
        FileAuditLog there = FileAuditLog.at(file); // it shares nothing with the first, as another process wouldn't
        here.append(first());
        there.append(second());
        here.append(first());
        assertEquals(List.of(first(), second(), first()), walk());
    }

    @Test
    void manyCallersAtOnceAllGetTheirOwnReceipt() throws Exception {
        FileAuditLog log = FileAuditLog.at(file);
        List<Callable<Long>> callers = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            callers.add(() -> log.append(first()).index());
        }
        Set<Long> indexes = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Long> index : threads.invokeAll(callers)) {
                indexes.add(index.get());
            }
        }
        assertEquals(400, indexes.size());
        assertEquals(400, verify().entries());
    }

    @Test
    void whoeverIsInterruptedGetsTheirReceiptAndKeepsTheInterrupt() throws Exception {
        FileAuditLog log = FileAuditLog.at(file);
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            callers.add(() -> {
                Thread.currentThread().interrupt();
                log.append(first());
                return Thread.interrupted();
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> stillInterrupted : threads.invokeAll(callers)) {
                assertTrue(stillInterrupted.get());
            }
        }
        assertEquals(64, verify().entries());
    }

    @Test
    void nobodyWaitsForeverForALogThatCannotBeWritten() throws Exception {
        Files.createDirectories(file);
        FileAuditLog log = FileAuditLog.at(file);
        List<Callable<AuditException>> callers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            callers.add(() -> assertThrows(AuditException.NotDurable.class, () -> log.append(first())));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<AuditException> refused : threads.invokeAll(callers)) {
                assertEquals(ErrorCode.AUDIT_UNWRITABLE, refused.get().problem().code());
            }
        }
    }

    @Test
    void aLogThatDoesNotExistIsAnErrorNotAnEmptyLog() {
        assertEquals(ErrorCode.AUDIT_UNREADABLE, assertThrows(AuditException.class, this::verify).problem().code());
    }

    @Test
    void anEmptyLogIsSound() throws Exception {
        write("");
        assertEquals(0, verify().entries());
        assertFalse(verify().broken().isPresent());
    }

    private void write(String text) throws IOException {
        Files.createDirectories(folder.resolve("state"));
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private AuditReport verify() throws AuditException {
        return FileAuditLog.at(file).verify((index, event) -> {});
    }

    private List<AuditEvent> walk() throws AuditException {
        List<AuditEvent> events = new ArrayList<>();
        AuditReport report = FileAuditLog.at(file).verify((index, event) -> events.add(event));
        assertFalse(report.broken().isPresent());
        return events;
    }

    private static AuditEvent first() {
        return new AuditEvent.KeyGenerated(Instant.parse("2026-01-02T03:04:05Z"), "ana", "ab", "release.key", "p256");
    }

    private static AuditEvent second() {
        return new AuditEvent.KeyGenerated(Instant.parse("2026-01-02T03:04:06Z"), "ana", "cd", "other.key", "p384");
    }

    private static AuditEvent attempt(SignatureAttempt.Progress progress) {
        return new SignatureAttempt(Instant.parse("2026-01-02T03:04:07Z"), "ana", "ab", "pkcs11:object=few", HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("item")), progress);
    }

    private static AuditEvent unanswered() {
        return new AuditEvent.SignatureUnanswered(Instant.parse("2026-01-02T03:04:07.7Z"), "ana", "statement", "ed25519", "ab", "hashivault://k/versions/1",
                List.of(new AuditEvent.NamedDigest("a", HashAlgorithm.SHA_256.digest(Bytes.empty()))), "CHY-K074");
    }

    private static AuditEvent destruction(KeyDestruction.Step step) {
        return new KeyDestruction(Instant.parse("2026-01-02T03:04:07Z"), "ana", "ab", "pkcs11:object=old", step);
    }

    private static AuditEvent signature(AuditEvent.@Nullable Recovery recovery) {
        return new AuditEvent.SignatureMade(Instant.parse("2026-01-02T03:04:07.5Z"), "Žofie", "artifact", "ecdsa-sha2-256-nistp256", "ab",
                "pkcs11:token=\u202Ereversed", List.of(new AuditEvent.NamedDigest("a\nb", HashAlgorithm.SHA_256.digest(Bytes.empty()))),
                HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("signature")), recovery);
    }
}
