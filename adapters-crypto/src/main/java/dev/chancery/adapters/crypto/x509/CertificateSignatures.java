package dev.chancery.adapters.crypto.x509;

import dev.chancery.domain.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Verifies the signatures of certificates and timestamps, whose algorithms are more than those of artifacts. EC and RSA go to a faster
/// provider where one is given, as an instance; the rest is the JDK's. Thread-safe.
public final class CertificateSignatures {
    private static final Set<String> FASTER = Set.of("EC", "RSA");
    private static final int MAX_KEYS = 1024;

    private final Supplier<Optional<Provider>> source;

    /// Keys in the provider's own form: converting costs as much as verifying.
    private final Map<PublicKey, PublicKey> converted = new ConcurrentHashMap<>();

    /// Verification by a provider where it can, else by the JDK.
    public CertificateSignatures(Optional<Provider> provider) {
        this(() -> provider);
    }

    /// The same with a provider that is asked for when it is needed.
    public CertificateSignatures(Supplier<Optional<Provider>> provider) {
        this.source = provider;
    }

    /// Whether a signature is by a key.
    ///
    /// @param algorithm as the JDK names it, such as `SHA384withECDSA`
    /// @throws GeneralSecurityException when the algorithm is unknown, or key or signature are malformed
    public boolean verifies(String algorithm, PublicKey key, Bytes content, Bytes signature) throws GeneralSecurityException {
        Optional<Provider> provider = FASTER.contains(key.getAlgorithm()) ? source.get() : Optional.empty();
        Signature verifier = provider.isPresent() ? Signature.getInstance(algorithm, provider.get()) : Signature.getInstance(algorithm);
        verifier.initVerify(provider.isPresent() ? convert(key, provider.get()) : key);
        verifier.update(content.toByteArray());
        return verifier.verify(signature.toByteArray());
    }

    private PublicKey convert(PublicKey key, Provider to) throws GeneralSecurityException {
        PublicKey known = converted.get(key);
        if (known != null) {
            return known;
        }
        PublicKey made = KeyFactory.getInstance(key.getAlgorithm(), to).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        if (converted.size() >= MAX_KEYS) {
            converted.clear();
        }
        converted.put(key, made);
        return made;
    }
}
