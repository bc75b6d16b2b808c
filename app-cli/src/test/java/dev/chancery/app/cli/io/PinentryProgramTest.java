package dev.chancery.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A program that answers as the pinentry manual says (*Protocol*), and programs that don't.
class PinentryProgramTest {
    private static final PinEntry.Prompt TOKEN = new PinEntry.Prompt(PinEntry.Kind.TOKEN_PIN, "release 100%\nD 1234");

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    /// A pinentry that writes down what it is told, and answers GETPIN so.
    private void program(String answer) throws IOException {
        script("""
                echo 'OK Pleased to meet you'
                while IFS= read -r line; do
                  printf '%s\\n' "$line" >>"$0.log"
                  case $line in
                    GETPIN) printf '%b' '""" + answer + """
                ' ;;
                    'OPTION lc-ctype='*) echo 'ERR 83886254 Unknown option <Pinentry>' ;;
                    BYE) echo 'OK closing connection'; exit ;;
                    *) echo '# a comment'; echo OK ;;
                  esac
                done
                """);
    }

    private void script(String text) throws IOException {
        Path file = folder.resolve("pinentry");
        Files.writeString(file, "#!/bin/bash\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        environment.put(PinentryProgram.VARIABLE, file.toString());
    }

    private String asked(PinEntry.Prompt prompt) throws KeyException {
        try (Pin pin = new CommandPinEntry(null, environment::get, null).request(prompt).orElseThrow()) {
            return new String(pin.characters(SecretAccess.grantedForUse()));
        }
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(folder.resolve("pinentry.log"));
    }

    @Test
    void thePinIsWhatTheProgramSaysWithItsEscapesUndone() throws Exception {
        program("S PASSPHRASE_FROM_CACHE\\nD 100%25%0Aé%c3%a9\\nOK\\n");
        assertEquals("100%\néé", asked(TOKEN));
    }

    @Test
    void whatIsAskedNamesThePlaceAndCannotEndItsLine() throws Exception {
        program("D 1\\nOK\\n");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("GPG_TTY", "/dev/pts/77");
        asked(TOKEN);
        assertTrue(told().contains("OPTION ttyname=/dev/pts/77"), told().toString());
        assertTrue(told().contains("SETPROMPT PIN:"), told().toString());
        assertEquals(1, told().stream().filter(line -> line.startsWith("SETDESC PIN of token release 100%25")).count(), told().toString());
        assertFalse(told().contains("D 1234"), told().toString());
    }

    @Test
    void aNewPassphraseIsAskedForTwiceByTheProgram() throws Exception {
        program("S PIN_REPEATED\\nD new\\nOK\\n");
        assertEquals("new", asked(new PinEntry.Prompt(PinEntry.Kind.NEW_PASSPHRASE, "release.key")));
        assertTrue(told().stream().anyMatch(line -> line.startsWith("SETREPEAT ")), told().toString());
    }

    @Test
    void okWithoutDataIsAnEmptyPassphrase() throws Exception {
        program("OK\\n");
        assertEquals("", asked(TOKEN));
    }

    @Test
    void aVariableWithThePinComesFirstAndWithoutTheSettingNoProgramIsAsked() throws Exception {
        program("D wrong\\nOK\\n");
        environment.put("CHANCERY_PIN", "4711");
        assertEquals("4711", asked(TOKEN));
        assertFalse(Files.exists(folder.resolve("pinentry.log")), "the program was started");
        environment.clear();
        assertTrue(new CommandPinEntry(null, environment::get, null).request(TOKEN).isEmpty());
    }

    /// 83886179 is GPG_ERR_CANCELED of pinentry, 83886278 GPG_ERR_FULLY_CANCELED, 83886142 GPG_ERR_TIMEOUT.
    @ParameterizedTest
    @CsvSource({"83886179 Operation cancelled <Pinentry>, PIN_UNAVAILABLE", "83886278 Operation fully cancelled, PIN_UNAVAILABLE",
        "83886142 Timeout <Pinentry>, PIN_SOURCE_UNREADABLE", "x, PIN_SOURCE_UNREADABLE"})
    void aRefusalIsToldApartFromACancelledQuestion(String error, ErrorCode code) throws Exception {
        program("ERR " + error + "\\n");
        assertEquals(code, assertThrows(KeyException.PinUnavailable.class, () -> asked(TOKEN)).problem().code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo nonsense", "exit 3", "echo 'ERR 1 no display'", "echo OK; read -r l; echo 'D %zz'; echo OK; cat >/dev/null",
        "echo OK; read -r l; echo 'D a%4'; cat >/dev/null", "printf 'D \\\\xff\\\\nOK\\\\n'; cat >/dev/null", "head -c 5000 /dev/zero | tr '\\\\0' x; cat >/dev/null",
        "printf 'D 1\\\\nD 2\\\\nOK\\\\n'; cat >/dev/null"})
    void aProgramThatIsNoPinentryIsSaidSoWithoutRepeatingWhatItSaid(String text) throws Exception {
        script(text.replace("\\\\", "\\") + "\n");
        KeyException refused = assertThrows(KeyException.PinUnavailable.class, () -> asked(TOKEN));
        assertEquals(ErrorCode.PIN_SOURCE_UNREADABLE, refused.problem().code());
        assertFalse(refused.problem().why().contains("nonsense"), refused.problem().why());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pinentry", "/nonexistent/pinentry", "/tmp"})
    void aSettingThatNamesNoProgramByItsWholePathIsRefused(String named) {
        environment.put(PinentryProgram.VARIABLE, named);
        assertEquals(ErrorCode.PIN_SOURCE_UNREADABLE, assertThrows(KeyException.PinUnavailable.class, () -> asked(TOKEN)).problem().code());
    }
}
