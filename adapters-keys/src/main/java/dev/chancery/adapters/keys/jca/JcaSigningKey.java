package dev.chancery.adapters.keys.jca;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A private key behind a provider.
final class JcaSigningKey implements SigningKey {
    private final KeyDescription description;
    private final JcaSignatures signatures;
    private final ExecutorService threads;
    private final StoreProvider provider;
    private final StoreProvider.Use use;
    private boolean closed;

    /// @param threads where calls run that may never return
    /// @param provider used while this key is open, and by each call until it ends, even when that is after closing
    JcaSigningKey(KeyDescription description, JcaSignatures signatures, ExecutorService threads, StoreProvider provider) {
        this.provider = provider;
        this.use = provider.use();
        this.description = description;
        this.signatures = signatures;
        this.threads = threads;
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
        return Set.copyOf(signatures.names().keySet());
    }

    @Override
    public Signature sign(SigningRequest request, Duration deadline) throws KeyException {
        SignatureAlgorithm algorithm = request.algorithm();
        StoreProvider.Use call = begin();
        if (!signatures.names().containsKey(algorithm)) {
            call.close();
            throw JcaFailures.algorithm(description.uri(), "this key, or its provider, does not sign with " + algorithm.cliName());
        }
        Future<Bytes> signing;
        try {
            signing = threads.submit(() -> {
                try (call) {
                    return signatures.sign(algorithm, request.input());
                }
            });
        } catch (RejectedExecutionException e) {
            call.close();
            throw JcaFailures.signing(description.uri(), e);
        }
        try {
            return new Signature(algorithm, signing.get(deadline.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            throw JcaFailures.deadline(description.uri(), deadline.toString());
        } catch (ExecutionException e) {
            throw JcaFailures.signing(description.uri(), e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JcaFailures.signing(description.uri(), e);
        }
    }

    private synchronized StoreProvider.Use begin() {
        if (closed) {
            throw new IllegalStateException("the key was closed");
        }
        return provider.use();
    }

    @Override
    public synchronized void close() {
        closed = true;
        use.close();
    }
}
