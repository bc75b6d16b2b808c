package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/// A key pair of the JDK's, with the one algorithm it signs with.
///
/// @param algorithm as the JDK names it
public record ForgedKey(KeyPair pair, String algorithm) {
    private static final int RAW_ED25519 = 32;

    /// A new ECDSA P-256 key, signing with SHA-256.
    public static ForgedKey p256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new ForgedKey(generator.generateKeyPair(), "SHA256withECDSA");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A new Ed25519 key.
    public static ForgedKey ed25519() {
        try {
            return new ForgedKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), "Ed25519");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The DER SubjectPublicKeyInfo.
    public Bytes spki() {
        return Bytes.copyOf(pair.getPublic().getEncoded());
    }

    /// SHA-256 of the SubjectPublicKeyInfo.
    public Bytes spkiHash() {
        return HashAlgorithm.SHA_256.digest(spki()).value();
    }

    /// The point of an Ed25519 key, 32 bytes.
    public Bytes rawEd25519() {
        Bytes spki = spki();
        return spki.slice(spki.size() - RAW_ED25519, spki.size());
    }

    /// A signature over some bytes: DER for ECDSA.
    public Bytes sign(Bytes content) {
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(pair.getPrivate());
            signer.update(content.toByteArray());
            return Bytes.copyOf(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
