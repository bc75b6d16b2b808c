package dev.chancery.testkit.key;

import dev.chancery.domain.bytes.Bytes;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A key of the fake back end. It does what the JDK can do with a digest: not RSA-PSS, and not Ed25519ph.
final class MemorySigningKey implements SigningKey {
    private static final Set<SignatureAlgorithm> BEYOND_THE_JDK = EnumSet.of(SignatureAlgorithm.RSA_PSS_SHA_256, SignatureAlgorithm.ED25519_PH);
    /// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2 note 1).
    private static final Bytes SHA_256_DIGEST_INFO = Bytes.copyOf(HexFormat.of().parseHex("3031300d060960864801650304020105000420"));

    private final PrivateKey privateKey;
    private final KeyDescription description;
    private final Supplier<CountDownLatch> gate;
    private final Set<SignatureAlgorithm> algorithms;
    private volatile boolean closed;

    MemorySigningKey(PrivateKey privateKey, KeyDescription description, Supplier<CountDownLatch> gate) {
        this.privateKey = privateKey;
        this.description = description;
        this.gate = gate;
        Set<SignatureAlgorithm> possible = EnumSet.copyOf(SignatureAlgorithm.forKey(description.expectedKey().orElseThrow().key()));
        possible.removeAll(BEYOND_THE_JDK);
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
            throw new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, "nothing was signed",
                    "this key does not sign with " + algorithm.cliName(), "choose one of " + algorithms), null);
        }
        await(deadline);
        try {
            java.security.Signature signer = java.security.Signature.getInstance(jcaName(algorithm));
            signer.initSign(privateKey);
            switch (request.input()) {
                case SigningInput.Message(Bytes content) -> signer.update(content.byteBuffer());
                case SigningInput.Prehashed prehashed -> {
                    if (algorithm == SignatureAlgorithm.RSA_PKCS1_SHA_256) {
                        signer.update(SHA_256_DIGEST_INFO.toByteArray());
                    }
                    // As an array: JDK 25's NONEwithECDSA refuses a buffer of exactly 64 bytes, which is SHA-512's length.
                    signer.update(prehashed.digest().value().toByteArray());
                }
            }
            return new Signature(algorithm, Bytes.copyOf(signer.sign()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the JDK signs with " + algorithm, e);
        }
    }

    private static String jcaName(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P384_SHA_256, ECDSA_P521_SHA_512 -> "NONEwithECDSA";
            case RSA_PKCS1_SHA_256 -> "NONEwithRSA";
            case ED25519 -> "Ed25519";
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> "ML-DSA";
            case RSA_PSS_SHA_256, ED25519_PH, GOST_2012_256, GOST_2012_512, SM2_SM3 -> throw new AssertionError(algorithm + " was refused");
        };
    }

    private void await(Duration deadline) throws KeyException {
        try {
            if (!gate.get().await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new KeyException.DeadlineExceeded(new Problem(ErrorCode.KEY_DEADLINE, "there is no signature",
                        "the key did not answer within " + deadline, "let it go on, or wait longer"), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyException.DeviceFailed(new Problem(ErrorCode.TOKEN_FAILED, "there is no signature",
                    "the wait was interrupted", "sign again"), e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
