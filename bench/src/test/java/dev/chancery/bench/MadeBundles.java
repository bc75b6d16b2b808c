package dev.chancery.bench;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial.PublicKeyHint;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DsseEnvelope.DsseSignature;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.crypto.PublicKeyException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;

/// Makes attestations of about 2 KB with a fresh P-256 key, one artifact digest each.
final class MadeBundles {
    static final String PREDICATE_TYPE = "https://chancery.dev/bench/v1";
    /// Makes a bundle of 2 KB.
    private static final int NOTE = 1032;

    private final Provider provider = SignatureVerifiers.providerForMany().orElseThrow(() -> new IllegalStateException("AWS-LC does not load"));
    private final KeyPair pair;
    private final PublicKey key;

    MadeBundles() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
            key = new SpkiPublicKeyDecoder().decodeDer(Bytes.copyOf(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException | PublicKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An attestation.
    ///
    /// @param artifact the subject's digest
    /// @param bundle its bundle as JSON
    /// @param signed the digest that was signed
    record Made(Digest artifact, Bytes bundle, Bytes signed, Bytes signature) {}

    /// The public key of all of them.
    PublicKey key() {
        return key;
    }

    KeyPair pair() {
        return pair;
    }

    Provider provider() {
        return provider;
    }

    Made make(int number) {
        try {
            Digest artifact = HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("artifact " + number));
            Bytes predicate = Bytes.ofUtf8("{\"number\":" + number + ",\"note\":\"" + "all is well ".repeat(NOTE / 12) + "\"}");
            DssePayload payload = new DssePayload(DssePayload.IN_TOTO, StatementCodec.write(new Statement(Statement.V1,
                    List.of(new Subject("artifact-" + number, Map.of("sha256", artifact.hex()))), PREDICATE_TYPE, predicate)));
            Bytes signed = payload.preAuthEncoding().digest(HashAlgorithm.SHA_256).value();
            Bytes signature = sign(pair.getPrivate(), signed);
            return new Made(artifact, BundleCodec.write(new SigstoreBundle(SigstoreBundle.Version.V0_3, new PublicKeyHint(key.id().hint()),
                    List.of(), List.of(), new Content.Dsse(new DsseEnvelope(payload, List.of(new DsseSignature("", signature)))))), signed, signature);
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    private Bytes sign(PrivateKey privateKey, Bytes digest) {
        try {
            Signature signer = Signature.getInstance("NONEwithECDSA", provider);
            signer.initSign(privateKey);
            signer.update(digest.toByteArray());
            return Bytes.copyOf(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
