package dev.chancery.adapters.keys.jca;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.keys.Commands;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.SigningKeyContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/// SunPKCS11 over SoftHSM2 keeps the contract as one of the providers, with what it can: keys with certificates, ECDSA and RSA
/// PKCS #1 v1.5.
final class SunPkcs11ContractTest extends SigningKeyContract {
    private static final String PIN = "90817263";
    private static final Path CONF = Path.of(java.util.Objects.requireNonNull(System.getenv("SOFTHSM2_CONF"), "SOFTHSM2_CONF is set by the build"));
    private static final Path RULES = Path.of(java.util.Objects.requireNonNull(System.getenv("FAULTP11_RULES"), "FAULTP11_RULES is set by the build"));
    private static final String MODULE = "/usr/lib/softhsm/libsofthsm2.so";
    private static final Path FAULTY_MODULE =
            Path.of(System.getenv().getOrDefault("CHANCERY_LAB", System.getProperty("user.home") + "/.cache/chancery-lab"), "lib/libfaultp11.so");

    @TempDir
    private static @Nullable Path folder;

    private static @Nullable List<DeclaredKey> keys;

    @Override
    protected DeclaredBackend declare() throws Exception {
        List<DeclaredKey> made = keys();
        JcaBackend backend = JcaStores.backend(folder(), "'hsm': {'providerName': 'SunPKCS11', 'type': 'PKCS11',"
                + " 'providerConfig': '--name=hsm" + System.nanoTime() + "\\nlibrary=" + FAULTY_MODULE + "\\nslotListIndex=0\\n'}");
        DeclaredBackend.Builder declaration = DeclaredBackend.of(backend);
        made.forEach(declaration::key);
        return declaration
                .absent(KeyRef.parse("jca:hsm;alias=nothing"), PIN)
                .ambiguous(KeyRef.parse("jca:hsm"))
                .secret(new DeclaredBackend.Secret(made.getFirst(), PinEntry.Kind.TOKEN_PIN, "36271809", null))
                .slowing(new DeclaredBackend.Slowing() {
                    @Override
                    public DeclaredKey key() {
                        return made.getFirst();
                    }

                    @Override
                    public AutoCloseable slowDown() throws IOException {
                        rules("Sign ms=2000");
                        return () -> rules("");
                    }
                })
                .build();
    }

    private static Path folder() {
        return java.util.Objects.requireNonNull(folder);
    }

    private static void rules(String rules) throws IOException {
        Path fresh = Files.writeString(RULES.resolveSibling("rules.new"), rules + "\n");
        Files.move(fresh, RULES, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static synchronized List<DeclaredKey> keys() throws Exception {
        if (keys == null) {
            Path tokens = java.util.Objects.requireNonNull(CONF.getParent()).resolve("tokens" + System.nanoTime());
            Files.createDirectories(tokens);
            Files.writeString(CONF, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
            rules("");
            if (!Files.exists(FAULTY_MODULE)) {
                Commands.run(folder(), "", Path.of(System.getProperty("chancery.root")).resolve("lab/install").toString(), "softhsm");
            }
            Commands.run(folder(), "", "softhsm2-util", "--init-token", "--free", "--label", "jca", "--pin", PIN, "--so-pin", "so-test-5544");
            keys = List.of(
                    key("01", "p256", "EC -pkeyopt ec_paramgen_curve:P-256", SignatureAlgorithm.ECDSA_P256_SHA_256),
                    key("02", "p384", "EC -pkeyopt ec_paramgen_curve:P-384", SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256),
                    key("03", "rsa", "RSA -pkeyopt rsa_keygen_bits:2048", SignatureAlgorithm.RSA_PKCS1_SHA_256));
        }
        return keys;
    }

    /// OpenSSL makes the key and a certificate, without which SunPKCS11 sees no key.
    private static DeclaredKey key(String id, String label, String kind, SignatureAlgorithm... algorithms) throws Exception {
        Path file = folder().resolve(label + ".pem");
        Path certificate = folder().resolve(label + ".crt");
        Commands.run(folder(), "", ("openssl genpkey -quiet -out " + file + " -algorithm " + kind).split(" ", -1));
        Commands.run(folder(), "", "openssl", "req", "-x509", "-new", "-key", file.toString(), "-subj", "/CN=" + label, "-days", "365",
                "-outform", "DER", "-out", certificate.toString());
        Commands.run(folder(), "", "softhsm2-util", "--import", file.toString(), "--token", "jca", "--label", label, "--id", id, "--pin", PIN);
        Commands.run(folder(), "", "pkcs11-tool", "--module", MODULE, "--token-label", "jca", "--login", "--pin", PIN,
                "--write-object", certificate.toString(), "--type", "cert", "--id", id, "--label", label);
        String pem = Commands.run(folder(), "", "openssl", "pkey", "-in", file.toString(), "-pubout");
        return new DeclaredKey(KeyRef.parse("jca:hsm;alias=" + label), new SpkiPublicKeyDecoder().decodePem(Bytes.ofUtf8(pem)),
                Set.of(algorithms), PIN);
    }
}
