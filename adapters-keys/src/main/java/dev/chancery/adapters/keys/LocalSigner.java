package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.util.HexFormat;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/// Signs with a private key in this process's memory: by the JDK where it takes a digest, by BouncyCastle where it doesn't.
/// Thread-safe.
sealed interface LocalSigner {
    /// Makes one signature, ECDSA as DER.
    ///
    /// @throws GeneralSecurityException when the key can't be used
    Bytes sign(SignatureAlgorithm algorithm, SigningInput input) throws GeneralSecurityException;

    /// ECDSA on the NIST curves (FIPS 186-5 §6).
    final class Ecdsa implements LocalSigner {
        private static final String NAME = "NONEwithECDSA";

        private final PrivateKey key;
        private final @Nullable Provider provider;

        /// By the JDK.
        Ecdsa(PrivateKey key) {
            this.key = key;
            this.provider = null;
        }

        /// @param provider whose form the key has
        Ecdsa(PrivateKey key, Provider provider) {
            this.key = key;
            this.provider = provider;
        }

        @Override
        public Bytes sign(SignatureAlgorithm algorithm, SigningInput input) throws GeneralSecurityException {
            return by(provider == null ? Signature.getInstance(NAME) : Signature.getInstance(NAME, provider), key, digest(input).value());
        }
    }

    /// RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017 §8).
    final class Rsa implements LocalSigner {
        /// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2 note 1).
        private static final Bytes SHA_256_DIGEST_INFO = Bytes.copyOf(HexFormat.of().parseHex("3031300d060960864801650304020105000420"));
        private static final int SALT = 32;

        private final PrivateKey key;
        private final RSAPrivateCrtKeyParameters parameters;
        private final SecureRandom random;

        Rsa(PrivateKey key, RSAPrivateCrtKeyParameters parameters, SecureRandom random) {
            this.key = key;
            this.parameters = parameters;
            this.random = random;
        }

        @Override
        public Bytes sign(SignatureAlgorithm algorithm, SigningInput input) throws GeneralSecurityException {
            return algorithm == SignatureAlgorithm.RSA_PSS_SHA_256
                    ? pss(digest(input))
                    : jdk("NONEwithRSA", key, SHA_256_DIGEST_INFO.concat(digest(input).value()));
        }

        /// The JDK hashes by itself for PSS, and here there is only a digest.
        private Bytes pss(Digest digest) throws SignatureException {
            PSSSigner signer = PSSSigner.createRawSigner(new RSABlindedEngine(), new SHA256Digest(), new SHA256Digest(), SALT,
                    PSSSigner.TRAILER_IMPLICIT);
            signer.init(true, new ParametersWithRandom(parameters, random));
            signer.update(digest.value().toByteArray(), 0, digest.value().size());
            try {
                return Bytes.copyOf(signer.generateSignature());
            } catch (CryptoException e) {
                throw new SignatureException("RSA-PSS", e);
            }
        }
    }

    /// Ed25519 and Ed25519ph with an empty context (RFC 8032 §5.1).
    final class Ed implements LocalSigner {
        private final PrivateKey key;
        private final Ed25519PrivateKeyParameters parameters;

        Ed(PrivateKey key, Ed25519PrivateKeyParameters parameters) {
            this.key = key;
            this.parameters = parameters;
        }

        @Override
        public Bytes sign(SignatureAlgorithm algorithm, SigningInput input) throws GeneralSecurityException {
            if (algorithm == SignatureAlgorithm.ED25519_PH) {
                byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
                parameters.sign(Ed25519.Algorithm.Ed25519ph, new byte[0], digest(input).value().toByteArray(), 0, Ed25519.PREHASH_SIZE,
                        signature, 0);
                return Bytes.copyOf(signature);
            }
            return jdk("Ed25519", key, message(input));
        }
    }

    /// ML-DSA, hedged, with an empty context (FIPS 204 §5.2).
    final class MlDsa implements LocalSigner {
        private final MLDSAPrivateKeyParameters parameters;
        private final SecureRandom random;

        MlDsa(MLDSAPrivateKeyParameters parameters, SecureRandom random) {
            this.parameters = parameters;
            this.random = random;
        }

        @Override
        public Bytes sign(SignatureAlgorithm algorithm, SigningInput input) throws GeneralSecurityException {
            MLDSASigner signer = new MLDSASigner();
            signer.init(true, new ParametersWithRandom(parameters, random));
            byte[] message = message(input).toByteArray();
            signer.update(message, 0, message.length);
            try {
                return Bytes.copyOf(signer.generateSignature());
            } catch (CryptoException e) {
                throw new SignatureException("ML-DSA", e);
            }
        }
    }

    private static Bytes jdk(String name, PrivateKey key, Bytes content) throws GeneralSecurityException {
        return by(Signature.getInstance(name), key, content);
    }

    private static Bytes by(Signature signer, PrivateKey key, Bytes content) throws GeneralSecurityException {
        signer.initSign(key);
        // As an array: JDK 25's NONEwithECDSA refuses a buffer of exactly 64 bytes, which is SHA-512's length.
        signer.update(content.toByteArray());
        return Bytes.copyOf(signer.sign());
    }

    private static Digest digest(SigningInput input) {
        return switch (input) {
            case SigningInput.Prehashed prehashed -> prehashed.digest();
            case SigningInput.Message _ -> throw new IllegalArgumentException("a digest is signed by this algorithm");
        };
    }

    private static Bytes message(SigningInput input) {
        return switch (input) {
            case SigningInput.Message message -> message.content();
            case SigningInput.Prehashed _ -> throw new IllegalArgumentException("a message is signed by this algorithm");
        };
    }
}
