package dev.chancery.adapters.keys.jca;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How a provider signs: which of its signatures makes which of ours, found by asking the provider and by starting one with the key.
final class JcaSignatures {
    /// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2 note 1).
    private static final Bytes SHA_256_DIGEST_INFO = Bytes.fromHex("3031300d060960864801650304020105000420");

    private final Provider provider;
    private final PrivateKey key;
    private final Map<SignatureAlgorithm, String> names;

    private JcaSignatures(Provider provider, PrivateKey key, Map<SignatureAlgorithm, String> names) {
        this.provider = provider;
        this.key = key;
        this.names = names;
    }

    /// Finds out. May block: the provider may start an operation in a token, which is given up again.
    static JcaSignatures of(JcaStore store, Provider provider, PrivateKey key, PublicKey publicKey) {
        Map<SignatureAlgorithm, String> names = new EnumMap<>(SignatureAlgorithm.class);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.forKey(publicKey)) {
            String configured = store.signatures().get(algorithm);
            for (String name : configured == null ? usualNames(algorithm) : List.of(configured)) {
                if (starts(provider, key, algorithm, name)) {
                    names.put(algorithm, name);
                    break;
                }
            }
        }
        return new JcaSignatures(provider, key, names);
    }

    Map<SignatureAlgorithm, String> names() {
        return names;
    }

    /// Makes one signature with one of [#names()]. Blocks.
    Bytes sign(SignatureAlgorithm algorithm, SigningInput input) throws GeneralSecurityException {
        Signature signer = started(provider, key, algorithm, java.util.Objects.requireNonNull(names.get(algorithm)));
        signer.update(switch (input) {
            case SigningInput.Message message -> message.content().toByteArray();
            case SigningInput.Prehashed prehashed when algorithm == SignatureAlgorithm.RSA_PKCS1_SHA_256 ->
                SHA_256_DIGEST_INFO.concat(prehashed.digest().value()).toByteArray();
            case SigningInput.Prehashed prehashed -> prehashed.digest().value().toByteArray();
        });
        return Bytes.copyOf(signer.sign());
    }

    /// The names in Java's Standard Algorithm Names, BouncyCastle and CryptoPro JCP. Where a digest is signed, the ones that take it.
    private static List<String> usualNames(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P384_SHA_256, ECDSA_P521_SHA_512 -> List.of("NONEwithECDSA");
            case RSA_PKCS1_SHA_256 -> List.of("NONEwithRSA");
            case RSA_PSS_SHA_256 -> List.of("RAWRSASSA-PSS", "NONEwithRSASSA-PSS");
            case ED25519 -> List.of("Ed25519", "EdDSA");
            // Every provider's Ed25519ph hashes by itself, and what is signed here is a digest.
            case ED25519_PH -> List.of();
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> List.of("ML-DSA");
            case GOST_2012_256 -> List.of("GOST3411-2012-256WITHECGOST3410-2012-256", "GOST3411_2012_256withGOST3410_2012_256");
            case GOST_2012_512 -> List.of("GOST3411-2012-512WITHECGOST3410-2012-512", "GOST3411_2012_512withGOST3410_2012_512");
            case SM2_SM3 -> List.of("SM3withSM2");
        };
    }

    private static boolean starts(Provider provider, PrivateKey key, SignatureAlgorithm algorithm, String name) {
        try {
            started(provider, key, algorithm, name);
            return true;
        } catch (GeneralSecurityException | ProviderException | UnsupportedOperationException e) {
            // No such signature in this provider, or not with this key.
            return false;
        }
    }

    private static Signature started(Provider provider, PrivateKey key, SignatureAlgorithm algorithm, String name)
            throws GeneralSecurityException {
        Signature signer = Signature.getInstance(name, provider);
        try {
            if (algorithm == SignatureAlgorithm.RSA_PSS_SHA_256) {
                signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC));
            }
            signer.initSign(key);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException(e);
        }
        return signer;
    }
}
