package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.EcdsaSignature;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An ECDSA key in a token. Its calls run on one thread of its own, so that a caller can give up one that hangs.
final class TokenSigningKey implements SigningKey {
    private static final long CKM_ECDSA = 0x1041;

    private final Session session;
    private final long object;
    private final KeyDescription description;
    private final EcPublicKey publicKey;
    private final ExecutorService lane = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("pkcs11").factory());
    private volatile boolean closed;

    TokenSigningKey(Session session, long object, KeyDescription description, EcPublicKey publicKey) {
        this.session = session;
        this.object = object;
        this.description = description;
        this.publicKey = publicKey;
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
        return Set.copyOf(SignatureAlgorithm.forKey(publicKey));
    }

    @Override
    public Signature sign(SigningRequest request, Duration deadline) throws KeyException {
        if (closed) {
            throw new IllegalStateException("the key was closed");
        }
        if (!algorithms().contains(request.algorithm()) || !(request.input() instanceof SigningInput.Prehashed prehashed)) {
            throw new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, "nothing was signed",
                    "this key does not sign with " + request.algorithm().cliName(), "see chancery key show"), null);
        }
        Future<Bytes> result = lane.submit(() -> session.sign(CKM_ECDSA, object, prehashed.digest().value()));
        try {
            return new Signature(request.algorithm(),
                    EcdsaSignature.derFromRaw(publicKey.curve(), result.get(deadline.toNanos(), TimeUnit.NANOSECONDS)));
        } catch (TimeoutException e) {
            throw new KeyException.DeadlineExceeded(late(deadline), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyException.DeadlineExceeded(late(deadline), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CkException ck) {
                throw TokenErrors.of(description.uri(), ck);
            }
            throw new IllegalStateException("a native call could not be made", e);
        }
    }

    private static Problem late(Duration deadline) {
        return new Problem(ErrorCode.KEY_DEADLINE, "no signature was handed out",
                "the token did not answer within " + deadline.toSeconds() + " s; whether it has signed is not known",
                "check the token or its network, or allow more with --deadline");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lane.execute(() -> {
                try {
                    session.close();
                } catch (CkException e) {
                    // The session is gone already; there is nothing left to end.
                }
            });
            lane.shutdown();
        }
    }
}
