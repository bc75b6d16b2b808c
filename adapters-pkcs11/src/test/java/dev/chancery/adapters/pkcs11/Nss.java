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

/// The key database of NSS, made for a test run, reached through a fault-injecting module of its own. `lab/install nss` gets its tools.
final class Nss {
    private static final Path REAL = Path.of("/usr/lib/x86_64-linux-gnu/libsoftokn3.so");
    private static final Path FOLDER = java.util.Objects.requireNonNull(SoftHsm.folder().getParent()).resolve("nss");
    private static final Path DATABASE = FOLDER.resolve("db");
    private static final Path PIN = FOLDER.resolve("pin");
    private static boolean prepared;

    private Nss() {}

    /// A copy of the fault-injecting module: loaded by another name it is another instance, over NSS.
    static Path module() {
        return FOLDER.resolve("libfaultp11-nss.so");
    }

    /// What C_Initialize of NSS wants.
    static Pkcs11Settings settings() {
        return Pkcs11Settings.of(null).withInitializeParameters("configdir='sql:" + DATABASE + "' certPrefix='' keyPrefix='' secmod='secmod.db' flags=");
    }

    /// Makes the database; keys are to be put into it before the module is bound.
    static synchronized void prepare() throws IOException {
        if (!prepared) {
            SoftHsm.prepare();
            SoftHsm.labInstall("nss");
            SoftHsm.deleteAll(FOLDER);
            Files.createDirectories(DATABASE);
            Files.writeString(PIN, SoftHsm.PIN + "\n");
            SoftHsm.run("certutil", "-N", "-d", "sql:" + DATABASE, "-f", PIN.toString());
            prepared = true;
        }
    }

    /// Binds the fault-injecting module to NSS.
    static synchronized void bind() throws IOException, KeyException {
        if (!Files.exists(module())) {
            FaultingCopy.bind(module(), REAL, settings());
        }
    }

    /// A key that OpenSSL makes and NSS imports with its certificate: it takes PKCS #12 only.
    ///
    /// @param algorithm arguments of `openssl req -newkey`
    /// @return its public half as OpenSSL tells it
    static PublicKey key(String name, String... algorithm) throws IOException {
        Path pem = FOLDER.resolve(name + ".pem");
        Path certificate = FOLDER.resolve(name + ".crt");
        Path store = FOLDER.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-subj", "/CN=" + name, "-days", "2", "-keyout", pem.toString(),
                "-out", certificate.toString(), "-newkey"));
        command.addAll(List.of(algorithm));
        SoftHsm.run(command.toArray(String[]::new));
        SoftHsm.run("openssl", "pkcs12", "-export", "-inkey", pem.toString(), "-in", certificate.toString(), "-name", name, "-out", store.toString(),
                "-passout", "pass:made-up");
        SoftHsm.run("pk12util", "-i", store.toString(), "-d", "sql:" + DATABASE, "-k", PIN.toString(), "-W", "made-up");
        return SoftHsm.decoded(Bytes.copyOf(SoftHsm.runForBytes("openssl", "pkey", "-in", pem.toString(), "-pubout", "-outform", "DER")));
    }

    /// A reference to a key of the database.
    static KeyRef ref(String name) throws KeyRefException {
        return KeyRef.parse("pkcs11:token=NSS%20Certificate%20DB;object=" + name + "?module-path=" + module());
    }

    /// A reference that every key of the database matches.
    static KeyRef any() throws KeyRefException {
        return KeyRef.parse("pkcs11:token=NSS%20Certificate%20DB;type=private?module-path=" + module());
    }
}
