package dev.chancery.app.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Signs one reference many times in one process, for tests of several such processes. Prints how many signatures were reported stored.
final class ReferenceSigningLoop {
    private ReferenceSigningLoop() {}

    /// Signs, one reference after another.
    ///
    /// @param args the reference, the key file, how many times
    public static void main(String[] args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int stored = 0;
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            String[] line = {"sign", args[0], "--key", args[1]};
            stored += Main.of(nowhere, System.err, line).run(line).number() == 0 ? 1 : 0;
        }
        System.out.println(stored);
    }
}
