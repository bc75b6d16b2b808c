package dev.chancery.app.cli.io;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.text.SafeText;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import java.io.Console;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds PINs and passphrases: the file named on the command line, else an environment variable, else a pinentry program where one is
/// set with `CHANCERY_PINENTRY`, else a prompt on the terminal. cosign's variable names are taken too.
public final class CommandPinEntry implements PinEntry {
    private static final List<String> TOKEN_VARIABLES = List.of("CHANCERY_PIN", "COSIGN_PKCS11_PIN");
    private static final List<String> PASSPHRASE_VARIABLES = List.of("CHANCERY_PASSPHRASE", "COSIGN_PASSWORD");
    private static final int MAX_LENGTH = 4096;

    private final @Nullable String file;
    private final Function<String, @Nullable String> environment;
    private final @Nullable Console console;

    /// @param fileOrNull the file named with `--passphrase-file`
    /// @param consoleOrNull the terminal, when there is one
    public CommandPinEntry(@Nullable String fileOrNull, Function<String, @Nullable String> environment, @Nullable Console consoleOrNull) {
        this.file = fileOrNull;
        this.environment = environment;
        this.console = consoleOrNull;
    }

    @Override
    public Optional<Pin> request(Prompt prompt) throws KeyException {
        if (file != null && prompt.kind() != Kind.TOKEN_PIN) {
            return Optional.of(fromFile(file));
        }
        for (String variable : prompt.kind() == Kind.TOKEN_PIN ? TOKEN_VARIABLES : PASSPHRASE_VARIABLES) {
            String value = environment.apply(variable);
            if (value != null) {
                return Optional.of(Pin.copyOf(value.toCharArray()));
            }
        }
        Optional<PinentryProgram> program = PinentryProgram.of(environment);
        if (program.isPresent()) {
            return Optional.of(program.get().ask(prompt));
        }
        return console == null ? Optional.empty() : ask(console, prompt);
    }

    private static Pin fromFile(String path) throws KeyException {
        Bytes content;
        try {
            content = UserFiles.read(path, MAX_LENGTH);
        } catch (FileProblem e) {
            throw new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_SOURCE_UNREADABLE,
                    "the passphrase cannot be read from " + path, e.problem().why(), "check --passphrase-file"), e);
        }
        String text = content.utf8().orElseThrow(() -> new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_SOURCE_UNREADABLE,
                "the passphrase cannot be read from " + path, "the file is not UTF-8", "write the passphrase as one line of text"), null));
        char[] characters = text.toCharArray();
        int length = characters.length;
        if (length > 0 && characters[length - 1] == '\n') {
            length--;
        }
        char[] exact = Arrays.copyOf(characters, length);
        Arrays.fill(characters, '\0');
        Pin pin = Pin.copyOf(exact);
        Arrays.fill(exact, '\0');
        return pin;
    }

    private static Optional<Pin> ask(Console console, Prompt prompt) throws KeyException {
        String what = prompt.kind() == Kind.TOKEN_PIN ? "PIN of token " : "Passphrase of ";
        char[] first = console.readPassword("%s", what + SafeText.oneLine(prompt.place()) + ": ");
        if (first == null) {
            return Optional.empty();
        }
        try {
            if (prompt.kind() == Kind.NEW_PASSPHRASE) {
                char[] second = console.readPassword("%s", "The same again: ");
                boolean same = second != null && Arrays.equals(first, second);
                if (second != null) {
                    Arrays.fill(second, '\0');
                }
                if (!same) {
                    throw new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_UNAVAILABLE, "no key was made",
                            "the two passphrases differ", "try again"), null);
                }
            }
            return Optional.of(Pin.copyOf(first));
        } finally {
            Arrays.fill(first, '\0');
        }
    }
}
