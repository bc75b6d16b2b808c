package dev.chancery.adapters.crypto;

import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;

/// Turns our public keys into the JDK's.
final class JcaKeys {
    private JcaKeys() {}

    static java.security.PublicKey of(PublicKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance(family(key)).generatePublic(new X509EncodedKeySpec(key.subjectPublicKeyInfo().toByteArray()));
    }

    /// The name of the key factory.
    static String family(PublicKey key) {
        return switch (key) {
            case EcPublicKey _ -> "EC";
            case RsaPublicKey _ -> "RSA";
            case Ed25519PublicKey _ -> "Ed25519";
            case MlDsaPublicKey _ -> "ML-DSA";
        };
    }
}
