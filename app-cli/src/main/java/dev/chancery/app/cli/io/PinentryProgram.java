package dev.chancery.app.cli.io;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretVariables;
import dev.chancery.domain.text.SafeText;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry.Kind;
import dev.chancery.ports.key.PinEntry.Prompt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks a pinentry program, as GnuPG does: a window or a screen of its own, which nothing else on the terminal reads along with.
///
/// The program is a child that answers lines on its standard output (Assuan manual, *Client requests*, *Server responses*; pinentry
/// manual, *Protocol*): `OK`, `ERR CODE TEXT`, `D DATA` with `%XX` for what a line can't hold, and `S` and `#` lines, which say nothing here.
/// It gets none of the variables that hold secrets, and five minutes.
final class PinentryProgram {
    /// Names the program, by its whole path. Without it no program is asked.
    static final String VARIABLE = "CHANCERY_PINENTRY";

    /// "Lines are limited to 1000 bytes including the line feed" (Assuan manual, *Server responses*).
    private static final int MAX_LINE = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /// gpg-error: GPG_ERR_CANCELED and GPG_ERR_FULLY_CANCELED; the upper bits say which program it comes from.
    private static final List<Integer> CANCELLED = List.of(99, 198);
    private static final int CODE_BITS = 0xffff;

    private final Path program;
    private final Function<String, @Nullable String> environment;

    private PinentryProgram(Path program, Function<String, @Nullable String> environment) {
        this.program = program;
        this.environment = environment;
    }

    /// The program that the environment names.
    ///
    /// @throws KeyException.PinUnavailable when it names no program
    static Optional<PinentryProgram> of(Function<String, @Nullable String> environment) throws KeyException {
        String named = environment.apply(VARIABLE);
        if (named == null || named.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(named);
            if (path.isAbsolute() && Files.isExecutable(path) && !Files.isDirectory(path)) {
                return Optional.of(new PinentryProgram(path, environment));
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw unusable(named, "it is not the whole path of a program", null);
    }

    /// Asks. Blocks until somebody has answered.
    ///
    /// @return what was typed, which the caller closes
    /// @throws KeyException.PinUnavailable when the question was cancelled, or the program fails
    Pin ask(Prompt prompt) throws KeyException {
        ProcessBuilder builder = new ProcessBuilder(program.toString()).redirectError(ProcessBuilder.Redirect.DISCARD);
        SecretVariables.withholdAll(builder.environment());
        try {
            Process process = builder.start();
            Thread watch = Thread.ofVirtual().name("pinentry-watch").start(() -> endAfter(process));
            try (InputStream in = process.getInputStream(); OutputStream out = process.getOutputStream()) {
                return talk(in, out, prompt);
            } finally {
                watch.interrupt();
                process.destroy();
            }
        } catch (IOException e) {
            throw unusable(program.toString(), "it cannot be talked to", e);
        }
    }

    private static void endAfter(Process process) {
        try {
            if (!process.waitFor(PATIENCE)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // somebody has answered
        }
    }

    private Pin talk(InputStream in, OutputStream out, Prompt prompt) throws IOException, KeyException {
        Answer greeting = answer(in);
        if (greeting.error() != null) {
            throw unusable(program.toString(), "it began with: " + greeting.error(), null);
        }
        // Options a program doesn't know are refused with ERR, and it goes on without them.
        option(in, out, "ttyname", terminal());
        option(in, out, "ttytype", variable("TERM"));
        option(in, out, "lc-ctype", variable("LC_ALL").or(() -> variable("LC_CTYPE")).or(() -> variable("LANG")));
        boolean pin = prompt.kind() == Kind.TOKEN_PIN;
        tell(in, out, "SETTITLE Chancery");
        tell(in, out, "SETDESC " + (pin ? "PIN of token " : prompt.kind() == Kind.NEW_PASSPHRASE ? "New passphrase of " : "Passphrase of ")
                + SafeText.oneLine(prompt.place()));
        tell(in, out, "SETPROMPT " + (pin ? "PIN:" : "Passphrase:"));
        if (prompt.kind() == Kind.NEW_PASSPHRASE) {
            tell(in, out, "SETREPEAT The same again:");
            tell(in, out, "SETREPEATERROR The two differ");
        }
        send(out, "GETPIN");
        Answer given = answer(in);
        if (given.error() != null) {
            throw refused(given.error());
        }
        send(out, "BYE");
        return given.pin() == null ? Pin.copyOf(new char[0]) : given.pin();
    }

    private static void option(InputStream in, OutputStream out, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            tell(in, out, "OPTION " + name + "=" + value.get());
        }
    }

    private static void tell(InputStream in, OutputStream out, String line) throws IOException {
        send(out, line);
        answer(in);
    }

    /// The terminal to ask on: `GPG_TTY`, or the one that a standard stream is.
    private Optional<String> terminal() {
        Optional<String> named = variable("GPG_TTY");
        if (named.isPresent()) {
            return named;
        }
        for (int stream = 0; stream <= 2; stream++) {
            try {
                String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
                if (target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")) {
                    return Optional.of(target);
                }
            } catch (IOException e) {
                return Optional.empty(); // not Linux
            }
        }
        return Optional.empty();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isEmpty());
    }

    /// A request: `%`, carriage returns and line feeds are escaped.
    private static void send(OutputStream out, String line) throws IOException {
        String escaped = line.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
        byte[] bytes = escaped.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, Math.min(bytes.length, MAX_LINE - 1));
        out.write('\n');
        out.flush();
    }

    /// Everything up to `OK` or `ERR`.
    private static Answer answer(InputStream in) throws IOException {
        byte[] line = new byte[MAX_LINE];
        Pin pin = null;
        boolean handedOut = false;
        try {
            while (true) {
                int length = readLine(in, line);
                if (startsWith(line, length, "D ")) {
                    if (pin != null) {
                        throw new IOException("it answered twice");
                    }
                    pin = pin(line, length);
                } else if (startsWith(line, length, "OK")) {
                    handedOut = true;
                    return new Answer(pin, null);
                } else if (startsWith(line, length, "ERR")) {
                    return new Answer(null, new String(line, 0, length, StandardCharsets.UTF_8));
                } else if (!startsWith(line, length, "S ") && !startsWith(line, length, "#")) {
                    throw new IOException("it answered what is no answer");
                }
            }
        } finally {
            Arrays.fill(line, (byte) 0);
            if (pin != null && !handedOut) {
                pin.close();
            }
        }
    }

    private static int readLine(InputStream in, byte[] line) throws IOException {
        int length = 0;
        while (true) {
            int next = in.read();
            if (next == '\n') {
                return length;
            }
            if (next < 0 || length == line.length) {
                throw new IOException(next < 0 ? "it ended without an answer" : "its answer is too long");
            }
            line[length++] = (byte) next;
        }
    }

    private static boolean startsWith(byte[] line, int length, String word) {
        return length >= word.length() && new String(line, 0, word.length(), StandardCharsets.US_ASCII).equals(word);
    }

    /// What a data line holds, its `%XX` undone, as characters.
    private static Pin pin(byte[] line, int length) throws IOException {
        byte[] plain = new byte[length];
        CharBuffer characters = CharBuffer.allocate(length);
        try {
            int size = 0;
            for (int i = 2; i < length; i++) {
                if (line[i] == '%') {
                    if (i + 2 >= length) {
                        throw new IOException("its answer is not escaped soundly");
                    }
                    int high = Character.digit(line[i + 1], 16);
                    int low = Character.digit(line[i + 2], 16);
                    if (high < 0 || low < 0) {
                        throw new IOException("its answer is not escaped soundly");
                    }
                    plain[size++] = (byte) (high << 4 | low);
                    i += 2;
                } else {
                    plain[size++] = line[i];
                }
            }
            var result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain, 0, size), characters, true);
            if (result.isError()) {
                throw new CharacterCodingException();
            }
            char[] exact = Arrays.copyOf(characters.array(), characters.position());
            try {
                return Pin.copyOf(exact);
            } finally {
                Arrays.fill(exact, '\0');
            }
        } finally {
            Arrays.fill(plain, (byte) 0);
            Arrays.fill(characters.array(), '\0');
        }
    }

    private KeyException refused(String error) {
        String[] words = error.split(" ", 3);
        int code = words.length > 1 && words[1].matches("[0-9]{1,10}") ? (int) (Long.parseLong(words[1]) & CODE_BITS) : 0;
        return CANCELLED.contains(code)
                ? new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_UNAVAILABLE, "no PIN or passphrase was given",
                        "the question was cancelled", "run the command again"), null)
                : unusable(program.toString(), "it answered " + error, null);
    }

    private static KeyException unusable(String program, String why, @Nullable Throwable cause) {
        return new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_SOURCE_UNREADABLE, "the pinentry program " + program + " gave no PIN or passphrase",
                cause == null || cause.getMessage() == null ? why : why + ": " + cause.getMessage(),
                "set " + VARIABLE + " to the whole path of a pinentry program, or unset it"), cause);
    }

    /// @param pin what the data line held
    /// @param error the whole `ERR` line
    private record Answer(@Nullable Pin pin, @Nullable String error) {}
}
