package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A TPM in software with its resource manager, which the lab starts and puts keys into, reached by tpm2-pkcs11 through a fault-injecting module of
/// its own.
final class Tpm {
    private static final Path REAL = Path.of("/usr/lib/x86_64-linux-gnu/pkcs11/libtpm2_pkcs11.so");
    private static final Path FOLDER = java.util.Objects.requireNonNull(SoftHsm.folder().getParent()).resolve("tpm");
    private static final Pattern VARIABLE = Pattern.compile("export (DBUS_[A-Z_]+|TPM2_[A-Z0-9_]+)=(.+)");
    private static final List<String> ENVIRONMENT = new ArrayList<>();
    private static boolean prepared;

    private Tpm() {}

    /// A copy of the fault-injecting module: loaded by another name it is another instance, over tpm2-pkcs11.
    static Path module() {
        return FOLDER.resolve("libfaultp11-tpm.so");
    }

    static synchronized void prepare() throws IOException, KeyException {
        if (prepared) {
            return;
        }
        SoftHsm.prepare();
        SoftHsm.labInstall("tpm");
        SoftHsm.run(SoftHsm.repository().resolve("lab/up").toString(), "tpm");
        String said = new String(SoftHsm.runForBytes(SoftHsm.repository().resolve("lab/env").toString(), "tpm"), StandardCharsets.UTF_8);
        for (Matcher variable = VARIABLE.matcher(said); variable.find();) {
            NativeEnvironment.set(variable.group(1), variable.group(2));
            ENVIRONMENT.add(variable.group(1) + "=" + variable.group(2));
        }
        SoftHsm.deleteAll(FOLDER);
        Files.createDirectories(FOLDER);
        FaultingCopy.bind(module(), REAL, Pkcs11Settings.of(null));
        prepared = true;
    }

    /// The public half of a key, as pkcs11-tool reads it.
    static PublicKey key(String name) throws IOException {
        Path pub = FOLDER.resolve(name + ".pub");
        tool("--read-object", "--type", "pubkey", "--label", name, "--output-file", pub.toString());
        return SoftHsm.decoded(Bytes.copyOf(Files.readAllBytes(pub)));
    }

    /// The public half of a P-384 key, of which pkcs11-tool 0.23 tells the point only: the rest is RFC 5480's.
    static PublicKey p384Key(String name) throws IOException {
        Matcher point = Pattern.compile("EC_POINT: +0461(04[0-9a-f]{192})\\b[^_]*EC_PARAMS:[^_]*label: +" + name + "\n").matcher(tool("--list-objects"));
        if (!point.find()) {
            throw new IOException("pkcs11-tool lists no P-384 key " + name);
        }
        return SoftHsm.decoded(Bytes.copyOf(HexFormat.of().parseHex("3076301006072a8648ce3d020106052b81040022036200" + point.group(1))));
    }

    private static String tool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(ENVIRONMENT);
        command.addAll(List.of("pkcs11-tool", "--module", REAL.toString(), "--token-label", "lab-tpm"));
        command.addAll(List.of(arguments));
        return new String(SoftHsm.runForBytes(command.toArray(String[]::new)), StandardCharsets.UTF_8);
    }

    /// A reference to a key of this token.
    static KeyRef ref(String name) throws KeyRefException {
        return KeyRef.parse("pkcs11:token=lab-tpm;object=" + name + "?module-path=" + module());
    }
}
