package dev.chancery.adapters.kms.service;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.KeyTraffic;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A key in a service. Its public half and version were read when it was opened; a signature is one request.
final class ServiceSigningKey implements SigningKey {
    private final ServiceKey key;
    private final KeyDescription description;
    private final CallBudget budget;
    private final Signer signer;
    private volatile boolean closed;

    ServiceSigningKey(ServiceKey key, CallBudget budget, Signer signer) {
        this.key = key;
        this.description = key.description();
        this.budget = budget;
        this.signer = signer;
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
        return key.algorithms();
    }

    @Override
    public Signature sign(SigningRequest request, Duration deadline) throws KeyException {
        if (closed) {
            throw new IllegalStateException("the key was closed");
        }
        String what = "nothing was signed with " + description.uri();
        if (!key.algorithms().contains(request.algorithm())) {
            throw new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, what,
                    "this key does not sign with " + request.algorithm().cliName(), "see chancery key show for what it can do"), null);
        }
        try {
            return new Signature(request.algorithm(), budget.call(deadline, left -> signer.sign(request, left)));
        } catch (ServiceFailure e) {
            throw e.asKeyException(switch (e.fault()) {
                case TIMED_OUT, LOST -> "no signature was received from " + description.uri();
                default -> what;
            });
        }
    }

    @Override
    public Optional<KeyTraffic> traffic() {
        CallBudget.Counts counts = budget.counts();
        return Optional.of(new KeyTraffic(counts.requests(), counts.refused(), counts.waited()));
    }

    @Override
    public void close() {
        closed = true;
    }

    /// Asks for one signature.
    @FunctionalInterface
    interface Signer {
        Bytes sign(SigningRequest request, Duration timeLimit) throws ServiceFailure;
    }
}
