package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// A private key in this process's memory. It signs at once; a deadline can't be missed.
final class FileSigningKey implements SigningKey {
    private static final Bytes SHA_256_DIGEST_INFO = Bytes.copyOf(HexFormat.of().parseHex("3031300d060960864801650304020105000420"));
    private static final Set<SignatureAlgorithm> IMPLEMENTED = Set.copyOf(EnumSet.of(SignatureAlgorithm.ECDSA_P256_SHA_256,
            SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256, SignatureAlgorithm.ECDSA_P521_SHA_512,
            SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.ED25519));

    private final PrivateKey privateKey;
    private final KeyDescription description;
    private final Set<SignatureAlgorithm> algorithms;
    private volatile boolean closed;

    FileSigningKey(PrivateKeyMaterial material, KeyDescription description) {
        this.privateKey = material.privateKey();
        this.description = description;
        EnumSet<SignatureAlgorithm> possible = EnumSet.noneOf(SignatureAlgorithm.class);
        possible.addAll(SignatureAlgorithm.forKey(material.publicKey()));
        possible.retainAll(IMPLEMENTED);
        this.algorithms = Set.copyOf(possible);
    }

    @Override
    public KeyDescription description() {
        return description;
    }

    @Override
    public Optional<ExpectedKey> expectedKey() {
        return description.expectedKey();
    }

    @Override
    public Set<SignatureAlgorithm> algorithms() {
        return algorithms;
    }

    @Override
    public Signature sign(SigningRequest request, Duration deadline) throws KeyException {
        if (closed) {
            throw new IllegalStateException("the key was closed");
        }
        SignatureAlgorithm algorithm = request.algorithm();
        if (!algorithms.contains(algorithm)) {
            throw new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED,
                    "nothing was signed with " + description.uri(), "this key does not sign with " + algorithm.cliName(),
                    "see chancery key show for what it can do"), null);
        }
        try {
            java.security.Signature signer = java.security.Signature.getInstance(switch (algorithm) {
                case ED25519 -> "Ed25519";
                case RSA_PKCS1_SHA_256 -> "NONEwithRSA";
                default -> "NONEwithECDSA";
            });
            signer.initSign(privateKey);
            signer.update(switch (request.input()) {
                case SigningInput.Prehashed(Digest digest) when algorithm == SignatureAlgorithm.RSA_PKCS1_SHA_256 ->
                    SHA_256_DIGEST_INFO.concat(digest.value()).toByteArray();
                case SigningInput.Prehashed(Digest digest) -> digest.value().toByteArray();
                case SigningInput.Message(Bytes content) -> content.toByteArray();
            });
            return new Signature(algorithm, Bytes.copyOf(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new KeyException.DeviceFailed(new Problem(ErrorCode.KEY_FILE_INVALID, "nothing was signed with " + description.uri(),
                    "the key cannot be used: " + e.getMessage(), "check the key with chancery key show"), e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
