package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong is found and named, with its remedy, and nothing is touched.
class DoctorTest {
    @TempDir
    Path folder = Path.of("unset");

    private TestToken token = new TestToken(new Program(folder), folder);
    private Program program = new Program(folder);

    @BeforeEach
    void token() throws Exception {
        token = TestToken.in(folder);
        program = token.program();
    }

    private static void finds(Run run, String line) {
        assertTrue(run.out().lines().anyMatch(each -> each.startsWith(line)), () -> line + " is not in\n" + run.out() + run.err());
    }

    @Test
    void aSoundTokenIsDescribedWithoutALogin() throws Exception {
        program.with("FAULTP11_LOG", folder.resolve("calls").toString());
        Run run = program.chancery("doctor", token.faulty("signing"));
        run.succeeded();
        finds(run, "good     java: 25");
        finds(run, "good     module " + TestToken.faultyModule() + ": Implementation of PKCS11 2.6 by SoftHSM");
        finds(run, "good     token release: slot ");
        finds(run, "good     PIN of token release: set");
        finds(run, "good     mechanisms of token release: signs with ecdsa-p256-sha256, ");
        finds(run, "WARNING  environment: CHY-D004: ");
        String calls = Files.readString(folder.resolve("calls"));
        assertFalse(calls.contains(" Login ") || calls.contains(" OpenSession "), calls);
        assertFalse((run.out() + run.err()).contains(TestToken.PIN), run::out);
        assertFalse(Files.exists(folder.resolve("audit.log")));
        Run whole = program.with("CHANCERY_PKCS11_MODULE", TestToken.MODULE).chancery("doctor");
        finds(whole, "good     token release: slot ");
        finds(whole, "note     token in slot "); // SoftHSM2 always has an empty token to initialise
    }

    @Test
    void theSameIsSaidInJsonAndFromAHelperProcess() throws Exception {
        Run run = program.with("CHANCERY_PKCS11_ISOLATION", "process").chancery("doctor", token.key("signing"), "--output", "json");
        run.succeeded();
        assertTrue(run.out().contains("{\"grade\":\"good\",\"subject\":\"PIN of token release\",\"found\":\"set\",\"remedy\":\"\"}"), run::out);
        assertTrue(run.out().startsWith("{\"worst\":\"warning\",\"findings\":["), run::out);
    }

    @Test
    void aModuleWithoutTheTokenAndAMissingModuleAreFaults() throws Exception {
        Run none = program.chancery("doctor", token.key("signing").replace("release", "other"));
        assertEquals(4, none.status(), none::out);
        finds(none, "FAULT    module " + TestToken.MODULE + ": CHY-D005: ");
        Run missing = program.chancery("doctor", token.key("signing").replace(TestToken.MODULE, "/none.so"));
        assertEquals(4, missing.status(), missing::out);
        finds(missing, "FAULT    device: CHY-K005: ");
    }

    @Test
    void aModuleThatFailsIsAFault() throws Exception {
        Files.writeString(folder.resolve("rules"), "GetTokenInfo rv=DEVICE_ERROR\n");
        Run run = program.with("FAULTP11_RULES", folder.resolve("rules").toString()).chancery("doctor", token.faulty("signing"));
        assertEquals(4, run.status(), run::out);
        finds(run, "FAULT    device: CHY-K013: ");
    }

    @Test
    void filesThatOthersCanChangeAreWarnedOf() throws Exception {
        token.make("signing", "p256");
        Path copy = Files.copy(Path.of(TestToken.MODULE), folder.resolve("module.so"));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xrwx"));
        Files.setPosixFilePermissions(folder.resolve("audit.log"), PosixFilePermissions.fromString("rw-rw----"));
        Run run = program.chancery("doctor", token.key("signing").replace(TestToken.MODULE, copy.toString()));
        run.succeeded();
        finds(run, "WARNING  module " + copy + ": CHY-D002: others can write to " + copy.toRealPath());
        finds(run, "WARNING  audit log: CHY-D002: ");
    }

    @Test
    void anAuditLogFromTheFutureAndOneThatCannotBeWrittenAreFound() throws Exception {
        token.make("signing", "p256");
        Files.setLastModifiedTime(folder.resolve("audit.log"), FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        finds(program.chancery("doctor"), "WARNING  clock: CHY-D001: ");
        Files.delete(folder.resolve("audit.log"));
        Files.createDirectory(folder.resolve("audit.log"));
        Run run = program.chancery("doctor");
        assertEquals(6, run.status(), run::out);
        finds(run, "FAULT    audit log: CHY-D010: ");
    }

    @Test
    void aKeyWithoutADeviceIsSaidToHaveNone() throws Exception {
        finds(program.chancery("doctor", "a.key"), "note     a.key: there is no device behind");
    }
}
