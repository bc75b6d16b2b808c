package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A kryoptic token made for a test run (PKCS#11 3.2), reached through a fault-injecting module of its own.
///
/// `KRYOPTIC_CONF` is set by the build. What is missing is installed by `lab/install kryoptic`.
final class Kryoptic {
    static final String LABEL = "kryoptic-test";

    /// A second token, which is locked on purpose.
    static final String LOCKING = "kryoptic-lock";

    private static final Path CONF = Path.of(SoftHsm.variable("KRYOPTIC_CONF"));
    private static final Path FOLDER = java.util.Objects.requireNonNull(CONF.getParent());
    private static final Path REAL = SoftHsm.lab().resolve("lib/libkryoptic.so");
    private static boolean prepared;
    private static int files;

    private Kryoptic() {}

    /// A copy of the fault-injecting module: loaded by another name it is another instance, over kryoptic.
    static Path module() {
        return FOLDER.resolve("libfaultp11-kryoptic.so");
    }

    static synchronized void prepare() throws IOException, KeyException {
        if (prepared) {
            return;
        }
        SoftHsm.prepare();
        if (!Files.exists(REAL)) {
            SoftHsm.labInstall("kryoptic");
        }
        SoftHsm.deleteAll(FOLDER);
        Files.createDirectories(FOLDER);
        Files.writeString(CONF, slot(1) + slot(2));
        initialise(1, LABEL);
        initialise(2, LOCKING);
        FaultingCopy.bind(module(), REAL, Pkcs11Settings.of(null));
        prepared = true;
    }

    private static String slot(int number) {
        return "[[slots]]\nslot = " + number + "\ndbtype = \"sqlite\"\ndbargs = \"" + FOLDER.resolve("token" + number + ".sql") + "\"\n";
    }

    private static void initialise(int slot, String label) throws IOException {
        SoftHsm.run("pkcs11-tool", "--module", REAL.toString(), "--slot", Integer.toString(slot), "--init-token", "--label", label, "--so-pin",
                "so-test-5544");
        SoftHsm.run("pkcs11-tool", "--module", REAL.toString(), "--token-label", label, "--login", "--login-type", "so", "--so-pin",
                "so-test-5544", "--init-pin", "--pin", SoftHsm.PIN);
    }

    /// A key that OpenSSL makes and pkcs11-tool imports. kryoptic wants CKA_SIGN said.
    ///
    /// @param algorithm arguments of `openssl genpkey`
    /// @return its public half as OpenSSL tells it
    static synchronized PublicKey key(String name, String id, String... algorithm) throws IOException {
        Path pem = FOLDER.resolve("key-" + files++ + ".pem");
        Path der = FOLDER.resolve("key-" + files++ + ".der");
        Path pub = FOLDER.resolve("key-" + files++ + ".pub");
        List<String> command = new ArrayList<>(List.of("openssl", "genpkey", "-out", pem.toString()));
        command.addAll(List.of(algorithm));
        SoftHsm.run(command.toArray(String[]::new));
        SoftHsm.run("openssl", "pkey", "-in", pem.toString(), "-outform", "DER", "-out", der.toString());
        SoftHsm.run("openssl", "pkey", "-in", pem.toString(), "-pubout", "-outform", "DER", "-out", pub.toString());
        tool("--write-object", der.toString(), "--type", "privkey", "--usage-sign", "--label", name, "--id", id);
        tool("--write-object", pub.toString(), "--type", "pubkey", "--label", name, "--id", id);
        return SoftHsm.decoded(Bytes.copyOf(Files.readAllBytes(pub)));
    }

    static void tool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("pkcs11-tool", "--module", REAL.toString(), "--token-label", LABEL, "--login", "--pin", SoftHsm.PIN));
        command.addAll(List.of(arguments));
        SoftHsm.run(command.toArray(String[]::new));
    }

    /// A reference to a key of this token.
    static KeyRef ref(String name) throws KeyRefException {
        return KeyRef.parse("pkcs11:token=" + LABEL + ";object=" + name + "?module-path=" + module());
    }
}
