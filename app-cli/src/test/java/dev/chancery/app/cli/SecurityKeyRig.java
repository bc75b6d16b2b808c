package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The lab's FIDO2 key in a virtual card reader. Its PIN is set by python-fido2.
final class SecurityKeyRig {
    static final String PIN = "135790";

    private static final Path ROOT = Path.of(System.getProperty("chancery.root"));
    private static final String SET_PIN = """
            from fido2.ctap2 import ClientPin, Ctap2
            from fido2.pcsc import CtapPcscDevice
            ClientPin(Ctap2(next(CtapPcscDevice.list_devices("Lab FIDO2")))).set_pin("%s")
            """.formatted(PIN);

    private static int made;

    private SecurityKeyRig() {}

    static void install() throws Exception {
        Program.install("fido");
    }

    /// A security key that has made no credential yet. The lab's have a constant seed, and are told apart by how much of it is thrown away.
    static void another() throws Exception {
        made++;
        say("--fresh");
        say("touch", "yes");
        run(Program.lab().resolve("venv/fido/bin/python").toString(), "-c", SET_PIN);
    }

    /// `remove`, `insert`, `touch yes`, `touch no`, `touch deny`.
    static void say(String... action) throws Exception {
        run(Stream.concat(Stream.of(ROOT.resolve("lab/up").toString(), "fido"), Stream.of(action)).toArray(String[]::new));
    }

    static void end() throws Exception {
        run(ROOT.resolve("lab/down").toString(), "fido");
    }

    private static void run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FIDO_DRAWS", Integer.toString(made));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
