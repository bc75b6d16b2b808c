package dev.chancery.adapters.pkcs11;

import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Copies of the fault-injecting module: loaded by another name each is another instance, over another module. Which one it is over, it reads
/// from the environment when it is loaded.
final class FaultingCopy {
    private static final String VARIABLE = "FAULTP11_MODULE";

    private FaultingCopy() {}

    /// Makes one and loads it.
    ///
    /// @param settings what the module behind it is initialised with
    static synchronized void bind(Path copy, Path real, Pkcs11Settings settings) throws IOException, KeyException {
        Files.copy(SoftHsm.module(), copy);
        TokenModule.at(SoftHsm.module(), Pkcs11Settings.of(null)); // binds to SoftHSM2 now, before the variable says otherwise
        NativeEnvironment.set(VARIABLE, real.toString());
        try {
            TokenModule.at(copy, settings);
        } finally {
            NativeEnvironment.set(VARIABLE, "/usr/lib/softhsm/libsofthsm2.so");
        }
    }
}
