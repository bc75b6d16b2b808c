package dev.chancery.adapters.keys.jca;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Configurations of key stores for tests.
final class JcaStores {
    private JcaStores() {}

    /// A back end with the stores of a configuration.
    ///
    /// @param stores the members of `stores`, as JSON with apostrophes for quotation marks
    static JcaBackend backend(Path folder, String stores) throws IOException {
        Path file = Files.createTempFile(folder, "jca", ".json");
        Files.writeString(file, ("{'stores': {" + stores + "}}").replace('\'', '"'));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return new JcaBackend(new JcaConfiguration(file), new SpkiPublicKeyDecoder());
    }
}
