package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The software token of openCryptoki, which the lab makes anew, reached through a fault-injecting module of its own.
final class OpenCryptoki {
    private static final String LABEL = "lab-ock";
    private static final Path REAL = Path.of("/usr/lib/x86_64-linux-gnu/opencryptoki/libopencryptoki.so.0");
    private static final Path FOLDER = java.util.Objects.requireNonNull(SoftHsm.folder().getParent()).resolve("opencryptoki");
    private static boolean prepared;

    private OpenCryptoki() {}

    /// A copy of the fault-injecting module: loaded by another name it is another instance, over openCryptoki.
    static Path module() {
        return FOLDER.resolve("libfaultp11-opencryptoki.so");
    }

    static synchronized void prepare() throws IOException, KeyException {
        if (prepared) {
            return;
        }
        SoftHsm.prepare();
        SoftHsm.labInstall("opencryptoki");
        SoftHsm.run(SoftHsm.repository().resolve("lab/up").toString(), "opencryptoki");
        SoftHsm.deleteAll(FOLDER);
        Files.createDirectories(FOLDER);
        FaultingCopy.bind(module(), REAL, Pkcs11Settings.of(null));
        prepared = true;
    }

    /// An RSA key that OpenSSL makes and pkcs11-tool imports.
    ///
    /// @return its public half as OpenSSL tells it
    static PublicKey key(String name, String id, int bits) throws IOException {
        Path key = FOLDER.resolve(id + ".der");
        Path pub = FOLDER.resolve(id + ".pub");
        Path pem = FOLDER.resolve(id + ".pem");
        SoftHsm.run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:" + bits, "-out", pem.toString());
        SoftHsm.run("openssl", "pkey", "-in", pem.toString(), "-outform", "DER", "-out", key.toString());
        SoftHsm.run("openssl", "pkey", "-in", pem.toString(), "-pubout", "-outform", "DER", "-out", pub.toString());
        write(key, "privkey", name, id, "--usage-sign");
        write(pub, "pubkey", name, id, "--usage-sign");
        return SoftHsm.decoded(Bytes.copyOf(Files.readAllBytes(pub)));
    }

    private static void write(Path object, String type, String name, String id, String usage) throws IOException {
        SoftHsm.run("pkcs11-tool", "--module", REAL.toString(), "--token-label", LABEL, "--login", "--pin", SoftHsm.PIN, "--write-object", object.toString(),
                "--type", type, usage, "--label", name, "--id", id);
    }

    /// A reference to a key of this token.
    static KeyRef ref(String name) throws KeyRefException {
        return KeyRef.parse("pkcs11:token=" + LABEL + ";object=" + name + "?module-path=" + module());
    }
}
