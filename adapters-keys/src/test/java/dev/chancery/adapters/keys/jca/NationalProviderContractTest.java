package dev.chancery.adapters.keys.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.adapters.crypto.JdkSignatureVerifier;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.keys.Commands;
import dev.chancery.adapters.keys.TestCertificates;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.SigningKeyContract;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A national provider plugs in by configuration alone: BouncyCastle, loaded by its class name from a jar that the configuration names,
/// signs with GOST R 34.10-2012 and SM2 keys, and keeps the contract.
///
/// The judge is this project's verifier, since the JDK has none of these algorithms: it is held against OpenSSL's signatures.
final class NationalProviderContractTest extends SigningKeyContract {
    private static final String PASSPHRASE = "correct horse battery";
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    @TempDir
    private static @Nullable Path folder;

    private static @Nullable List<DeclaredKey> keys;

    private @Nullable JcaBackend backend;

    @Override
    protected DeclaredBackend declare() throws Exception {
        List<DeclaredKey> made = keys();
        Path jar = Path.of(BouncyCastleProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        backend = JcaStores.backend(folder(), "'national': {'providerClass': 'org.bouncycastle.jce.provider.BouncyCastleProvider',"
                + " 'providerPath': ['" + jar + "'], 'type': 'BKS', 'file': '" + file() + "'}");
        DeclaredBackend.Builder declaration = DeclaredBackend.of(java.util.Objects.requireNonNull(backend));
        made.forEach(declaration::key);
        return declaration
                .absent(KeyRef.parse("jca:national;alias=nothing"), PASSPHRASE)
                .ambiguous(KeyRef.parse("jca:national"))
                .secret(new DeclaredBackend.Secret(made.getFirst(), PinEntry.Kind.PASSPHRASE, "incorrect horse battery", null))
                .judge((key, content, signature) -> new JdkSignatureVerifier().verifies(key,
                        signature.algorithm().prehash().<SigningInput>map(hash -> new SigningInput.Prehashed(hash.digest(content)))
                                .orElseGet(() -> new SigningInput.Message(content)), signature))
                .build();
    }

    /// The judge's own judge, as far as OpenSSL's command line goes without engines.
    @Test
    void opensslVerifiesAnSm2Signature() throws Exception {
        DeclaredKey sm2 = declare(SignatureAlgorithm.SM2_SM3);
        Bytes content = Bytes.ofUtf8("SM2, 署名");
        try (SigningKey key = java.util.Objects.requireNonNull(backend).open(sm2.ref(), new KeyAccess(sm2.pinEntry(), KeyAccess.DEFAULT_DEADLINE, false))) {
            Signature signature = key.sign(ArtifactContent.keep(content.inputStream(), Set.of()).requestFor(SignatureAlgorithm.SM2_SM3),
                    KeyAccess.DEFAULT_DEADLINE);
            Files.write(folder().resolve("content"), content.toByteArray());
            Files.write(folder().resolve("signature"), signature.value().toByteArray());
            Files.writeString(folder().resolve("sm2.pub"), sm2.publicKey().pem());
            assertEquals("Verified OK\n", Commands.run(folder(), "", "openssl", "dgst", "-sm3", "-verify", "sm2.pub", "-sigopt",
                    "distid:1234567812345678", "-signature", "signature", "content"));
        }
    }

    private DeclaredKey declare(SignatureAlgorithm algorithm) throws Exception {
        declare();
        return keys().stream().filter(key -> key.algorithms().contains(algorithm)).findFirst().orElseThrow();
    }

    private static Path folder() {
        return java.util.Objects.requireNonNull(folder);
    }

    private static Path file() {
        return folder().resolve("national.bks");
    }

    /// The light store type of BouncyCastle: the kit opens it a few hundred times.
    private static synchronized List<DeclaredKey> keys() throws Exception {
        if (keys == null) {
            KeyStore keyStore = KeyStore.getInstance("BKS", BOUNCY_CASTLE);
            keyStore.load(null, null);
            keys = List.of(
                    key(keyStore, "gost", generator("ECGOST3410-2012", "Tc26-Gost-3410-12-256-paramSetA"), SignatureAlgorithm.GOST_2012_256),
                    key(keyStore, "gost512", generator("ECGOST3410-2012", "Tc26-Gost-3410-12-512-paramSetC"), SignatureAlgorithm.GOST_2012_512),
                    key(keyStore, "sm2", generator("EC", "sm2p256v1"), SignatureAlgorithm.SM2_SM3),
                    key(keyStore, "rsa", KeyPairGenerator.getInstance("RSA", BOUNCY_CASTLE), SignatureAlgorithm.RSA_PKCS1_SHA_256,
                            SignatureAlgorithm.RSA_PSS_SHA_256));
            try (OutputStream out = Files.newOutputStream(file())) {
                keyStore.store(out, PASSPHRASE.toCharArray());
            }
        }
        return keys;
    }

    private static KeyPairGenerator generator(String algorithm, String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, BOUNCY_CASTLE);
        generator.initialize(new ECGenParameterSpec(curve));
        return generator;
    }

    private static DeclaredKey key(KeyStore keyStore, String alias, KeyPairGenerator generator, SignatureAlgorithm... algorithms) throws Exception {
        KeyPair pair = generator.generateKeyPair();
        keyStore.setKeyEntry(alias, pair.getPrivate(), PASSPHRASE.toCharArray(),
                new Certificate[] {TestCertificates.of(pair.getPublic(), BOUNCY_CASTLE)});
        PublicKey publicKey = new SpkiPublicKeyDecoder().decodeDer(Bytes.copyOf(pair.getPublic().getEncoded()));
        return new DeclaredKey(KeyRef.parse("jca:national;alias=" + alias), publicKey, Set.of(algorithms), PASSPHRASE);
    }
}
