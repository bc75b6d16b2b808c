package dev.chancery.adapters.keys.jca;

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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// A private key behind a provider.
final class JcaSigningKey implements SigningKey {
    private final KeyDescription description;
    private final JcaSignatures signatures;
    private final ProviderCalls calls;
    private final StoreProvider provider;
    private final StoreProvider.Use use;
    private boolean closed;

    /// @param provider used while this key is open, and by each call until it ends
    JcaSigningKey(KeyDescription description, JcaSignatures signatures, ProviderCalls calls, StoreProvider provider) {
        this.provider = provider;
        this.use = provider.use();
        this.description = description;
        this.signatures = signatures;
        this.calls = calls;
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
        // Whoever is first ends the use: the call when it ends, or nobody when it was given up. Logging out under a call that hangs
        // isn't safe, and logging out long after would take the token away from whoever uses it by then.
        AtomicBoolean settled = new AtomicBoolean();
        try {
            return new Signature(algorithm, calls.call(deadline, () -> {
                try {
                    return signatures.sign(algorithm, request.input());
                } finally {
                    closeOnce(settled, call);
                }
            }));
        } catch (TimeoutException e) {
            settled.set(true);
            throw JcaFailures.deadline("there is no signature of " + description.uri(), deadline);
        } catch (ExecutionException e) {
            closeOnce(settled, call);
            throw JcaFailures.signing(description.uri(), e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            settled.set(true);
            Thread.currentThread().interrupt();
            throw JcaFailures.signing(description.uri(), e);
        }
    }

    private static void closeOnce(AtomicBoolean settled, StoreProvider.Use call) {
        if (settled.compareAndSet(false, true)) {
            call.close();
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
