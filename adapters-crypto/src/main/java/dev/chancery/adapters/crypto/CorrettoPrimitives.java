package dev.chancery.adapters.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;

/// AWS-LC's arithmetic through the Corretto provider, which is used as an instance and registered nowhere, so that nothing else in
/// the process changes. The only class that names the provider: where its jar or its library is missing, this class fails to load.
final class CorrettoPrimitives implements Primitives {
    private static final int KEYS = 1024;
    /// The provider throws for a longer message that it has to take whole.
    private static final int LONGEST_MESSAGE = 1 << 20;

    private final JdkPrimitives jdk = new JdkPrimitives();
    private final Provider provider;
    private final ProviderKeys keys;
    /// Those that nobody is using, by name: at most as many as there were threads at the same time.
    private final Map<String, Queue<Signature>> verifiers = new ConcurrentHashMap<>();

    private CorrettoPrimitives(Provider provider) {
        this.provider = provider;
        this.keys = new ProviderKeys(KEYS, this::convert);
    }

    /// Loads the library and runs its self-tests. Blocks for some tens of milliseconds.
    ///
    /// @throws Exception when it doesn't load or its self-tests fail
    static CorrettoPrimitives load() throws Exception {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        provider.assertHealthy();
        return new CorrettoPrimitives(provider);
    }

    /// The provider's name and version.
    String version() {
        return provider.getName() + " " + provider.getVersionStr();
    }

    Provider provider() {
        return provider;
    }

    @Override
    public boolean ecdsa(EcPublicKey key, Digest digest, Bytes signature) throws GeneralSecurityException {
        return verify("NONEwithECDSA", key, digest.value(), signature);
    }

    @Override
    public Bytes rsa(RsaPublicKey key, Bytes signature) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding", provider);
        cipher.init(Cipher.ENCRYPT_MODE, keys.of(key));
        return Bytes.copyOf(cipher.doFinal(signature.toByteArray()));
    }

    @Override
    public boolean ed25519(Ed25519PublicKey key, Bytes message, Bytes signature) throws GeneralSecurityException {
        return message.size() > LONGEST_MESSAGE
                ? jdk.ed25519(key, message, signature)
                : verify("Ed25519", key, message, signature);
    }

    @Override
    public boolean mlDsa(MlDsaPublicKey key, Bytes message, Bytes signature) throws GeneralSecurityException {
        return message.size() > LONGEST_MESSAGE
                ? jdk.mlDsa(key, message, signature)
                : verify("ML-DSA", key, message, signature);
    }

    private boolean verify(String jcaName, PublicKey key, Bytes content, Bytes signature) throws GeneralSecurityException {
        // Looking one up in a provider takes as long as parsing a small bundle. One that failed is not used again.
        Queue<Signature> idle = verifiers.computeIfAbsent(jcaName, _ -> new ConcurrentLinkedQueue<>());
        Signature known = idle.poll();
        Signature verifier = known == null ? Signature.getInstance(jcaName, provider) : known;
        verifier.initVerify(keys.of(key));
        verifier.update(content.toByteArray());
        boolean good = verifier.verify(signature.toByteArray());
        idle.add(verifier);
        return good;
    }

    /// The provider keeps its key factory for Ed25519 to itself: it takes the JDK's key, and translates it at each use.
    private java.security.PublicKey convert(PublicKey key) throws GeneralSecurityException {
        if (key instanceof Ed25519PublicKey) {
            return JcaKeys.of(key);
        }
        return KeyFactory.getInstance(JcaKeys.family(key), provider)
                .generatePublic(new X509EncodedKeySpec(key.subjectPublicKeyInfo().toByteArray()));
    }
}
