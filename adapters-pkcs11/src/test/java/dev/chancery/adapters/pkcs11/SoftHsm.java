package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import dev.chancery.testkit.key.JdkPublicKeys;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// SoftHSM2 tokens made for a test run, with keys that OpenSSL made, reached through the lab's fault-injecting module.
///
/// `SOFTHSM2_CONF`, `FAULTP11_RULES` and `FAULTP11_LOG` are set by the build. What is missing is installed by `lab/install softhsm`.
final class SoftHsm {
    /// The user PIN of all tokens: made up for tests.
    static final String PIN = "90817263";

    private static final String SO_PIN = "so-test-5544";
    private static final Path CONF = Path.of(variable("SOFTHSM2_CONF"));
    private static final Path FOLDER = java.util.Objects.requireNonNull(CONF.getParent());
    private static final Path RULES = Path.of(variable("FAULTP11_RULES"));
    private static final Path CALLS = Path.of(variable("FAULTP11_LOG"));
    private static final Path LAB =
            Path.of(System.getenv().getOrDefault("CHANCERY_LAB", System.getProperty("user.home") + "/.cache/chancery-lab"));
    private static final Map<String, SoftHsm> TOKENS = new ConcurrentHashMap<>();

    private final String label;
    private int keys;

    private SoftHsm(String label) {
        this.label = label;
    }

    /// The module that injects faults.
    static Path module() {
        return LAB.resolve("lib/libfaultp11.so");
    }

    /// The tokens there are: all are made before the module is first loaded, since it looks for them then.
    static SoftHsm token(String label) throws IOException {
        prepare();
        return java.util.Objects.requireNonNull(TOKENS.get(label));
    }

    /// Makes the folder, the tokens, and an empty file of rules.
    static synchronized void prepare() throws IOException {
        if (TOKENS.isEmpty()) {
            labInstall("softhsm"); // skips what is there; builds the fault-injecting module again when its source has changed
            deleteAll(FOLDER);
            Files.createDirectories(FOLDER.resolve("tokens"));
            Files.writeString(CONF, "directories.tokendir = " + FOLDER.resolve("tokens") + "\nobjectstore.backend = file\nlog.level = ERROR\n");
            rules();
            Files.createFile(CALLS);
            for (String each : List.of("contract", "finding", "faults", "pins", "remote", "keeping", "isolated", "matrix", "storm", "calm", "opinion", "twin")) {
                TOKENS.put(each, initialised(each));
            }
            initialised("twin");
        }
    }

    private static SoftHsm initialised(String label) throws IOException {
        run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", SO_PIN);
        return new SoftHsm(label);
    }

    static void labInstall(String rig) throws IOException {
        run(repository().resolve("lab/install").toString(), rig);
    }

    static Path repository() {
        return Path.of(System.getProperty("chancery.root"));
    }

    static Path lab() {
        return LAB;
    }

    /// A key that OpenSSL makes and softhsm2-util imports.
    ///
    /// @param algorithm arguments of `openssl genpkey`
    /// @return its public half as OpenSSL tells it
    synchronized PublicKey key(String name, String id, String... algorithm) throws IOException {
        Path file = FOLDER.resolve(label + "-" + keys++ + ".pem");
        List<String> command = new ArrayList<>(List.of("openssl", "genpkey", "-out", file.toString()));
        command.addAll(List.of(algorithm));
        run(command.toArray(String[]::new));
        run("softhsm2-util", "--import", file.toString(), "--token", label, "--label", name, "--id", id, "--pin", PIN);
        byte[] der = runForBytes("openssl", "pkey", "-in", file.toString(), "-pubout", "-outform", "DER");
        Files.delete(file);
        return decoded(Bytes.copyOf(der));
    }

    /// A key that pkcs11-tool makes inside the token.
    void make(String name, String id, String type, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("pkcs11-tool", "--module", "/usr/lib/softhsm/libsofthsm2.so", "--token-label", label,
                "--login", "--pin", PIN, "--keypairgen", "--key-type", type, "--label", name, "--id", id));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
    }

    /// Takes an object away, or puts one on.
    void tool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("pkcs11-tool", "--module", "/usr/lib/softhsm/libsofthsm2.so", "--token-label", label,
                "--login", "--pin", PIN));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    /// A reference to a key of this token.
    KeyRef ref(String name) throws KeyRefException {
        return KeyRef.parse("pkcs11:token=" + label + ";object=" + name + "?module-path=" + module());
    }

    /// Sets the faults from now on; none without arguments.
    static void rules(String... rules) throws IOException {
        Path fresh = Files.writeString(RULES.resolveSibling("rules.new"), String.join("\n", rules) + "\n");
        Files.move(fresh, RULES, java.nio.file.StandardCopyOption.ATOMIC_MOVE, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /// Signatures with a key that take two seconds, by the fault-injecting module.
    static DeclaredBackend.Slowing slowSignatures(DeclaredKey key) {
        return new DeclaredBackend.Slowing() {
            @Override
            public DeclaredKey key() {
                return key;
            }

            @Override
            public AutoCloseable slowDown() throws IOException {
                rules("Sign ms=2000");
                return SoftHsm::rules;
            }
        };
    }

    /// How often a function of the module was called so far.
    static long calls(String function) {
        try (Stream<String> lines = Files.lines(CALLS)) {
            return lines.filter(line -> List.of(line.split("\\s+", -1)).contains(function)).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// A folder for files that tests write.
    static Path folder() {
        return FOLDER;
    }

    static PublicKey decoded(Bytes der) {
        for (String family : List.of("EC", "RSA", "Ed25519", "ML-DSA")) {
            try {
                return JdkPublicKeys.fromJdk(KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der.toByteArray())));
            } catch (GeneralSecurityException e) {
                // Of another family.
            }
        }
        throw new IllegalArgumentException("no such key");
    }

    /// Reads public keys with the JDK.
    static PublicKeyDecoder decoder() {
        return new PublicKeyDecoder() {
            @Override
            public PublicKey decodePem(Bytes pem) {
                throw new UnsupportedOperationException("tokens hold no PEM");
            }

            @Override
            public PublicKey decodeDer(Bytes subjectPublicKeyInfo) throws PublicKeyException {
                return decoded(subjectPublicKeyInfo);
            }
        };
    }

    static void run(String... command) throws IOException {
        runForBytes(command);
    }

    static byte[] runForBytes(String... command) throws IOException {
        Path errors = Files.createTempFile("chancery-test", ".err");
        try {
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            byte[] out = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IOException(command[0] + " failed: " + new String(out, StandardCharsets.UTF_8) + Files.readString(errors));
            }
            return out;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(errors);
        }
    }

    static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    static String variable(String name) {
        return java.util.Objects.requireNonNull(System.getenv(name), () -> name + " is set by the build");
    }
}
