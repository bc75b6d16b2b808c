package dev.chancery.app.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process that signs one file after another, as `chancery sign` does, until it is ended. Prints a line after each.
final class SigningLoop {
    private SigningLoop() {}

    /// Starts it.
    ///
    /// @param args the folder with `artifact` and `a.key`
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        PrintStream nowhere = new PrintStream(java.io.OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        for (int i = 0; ; i++) {
            Path bundle = folder.resolve("b" + i + ".json");
            if (!Files.exists(bundle)) {
                var status = Main.of(nowhere, System.err).run("sign", folder.resolve("artifact").toString(),
                        "--key", folder.resolve("a.key").toString(), "--bundle", bundle.toString());
                System.out.println(status);
            }
        }
    }
}
