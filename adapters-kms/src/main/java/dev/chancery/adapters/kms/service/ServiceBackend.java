package dev.chancery.adapters.kms.service;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The keys of one service as a back end. Makes no request before it is asked, and no PIN is ever needed: credentials are found the
/// way each service's own tools find them.
///
/// @param <R> the vendor's references
public final class ServiceBackend<R extends KeyRef> implements KeyBackend {
    private final KeyService<R> service;
    private final CallBudget budget;

    public ServiceBackend(KeyService<R> service, CallBudget budget) {
        this.service = service;
        this.budget = budget;
    }

    @Override
    public boolean accepts(KeyRef ref) {
        return service.references().isInstance(ref);
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        R own = service.references().cast(ref);
        ServiceKey key = one(own, access, "the key " + ref.text() + " was not opened", service::find);
        if (key.publicKey().isEmpty() || key.algorithms().isEmpty()) {
            throw ServiceFailure.of(Fault.USAGE_WRONG, "it is not a kind of key that signs here", null)
                    .asKeyException("the key " + ref.text() + " was not opened");
        }
        return new ServiceSigningKey(key, budget,
                (request, left) -> service.sign(own, key, request.algorithm(), request.input(), left));
    }

    @Override
    public KeyCustodian custodian() {
        return new Custodian();
    }

    private ServiceKey one(R ref, KeyAccess access, String what, Question<R> question) throws KeyException {
        if (!service.namesOneKey(ref)) {
            throw notOne(what, list(ref, access));
        }
        try {
            return budget.call(access.deadline(), left -> question.ask(ref, left));
        } catch (ServiceFailure e) {
            throw e.asKeyException(what);
        }
    }

    private List<ServiceKey> list(R ref, KeyAccess access) throws KeyException {
        try {
            return budget.call(access.deadline(), left -> service.namesOneKey(ref)
                    ? List.of(service.describe(ref, left))
                    : service.list(ref, left));
        } catch (ServiceFailure e) {
            throw e.asKeyException("the keys of " + ref.text() + " were not read");
        }
    }

    private static KeyException notOne(String what, List<ServiceKey> found) {
        List<String> present = found.stream().map(ServiceKey::uri).toList();
        return present.isEmpty()
                ? new KeyException.NotOne(new Problem(ErrorCode.KEY_NOT_FOUND, what, "there is no signing key",
                        "make one with chancery key generate"), present)
                : new KeyException.NotOne(new Problem(ErrorCode.KEY_AMBIGUOUS, what,
                        "the reference names no single key; there are " + String.join(", ", present), "name one of them"), present);
    }

    /// One of the questions that have a key as their answer.
    @FunctionalInterface
    private interface Question<R> {
        ServiceKey ask(R ref, Duration timeLimit) throws ServiceFailure;
    }

    private final class Custodian implements KeyCustodian {
        @Override
        public Set<KeySpec> generatable(KeyRef ref) {
            return service.generatable();
        }

        @Override
        public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
            R own = service.references().cast(ref);
            String what = "no key was made at " + ref.text();
            KeySpec spec = generation.spec();
            if (!service.generatable().contains(spec)) {
                throw ServiceFailure.of(Fault.ALGORITHM, "this service makes no " + spec.cliName() + " keys", null)
                        .withRemedy("use one of " + String.join(", ", service.generatable().stream().map(KeySpec::cliName).sorted().toList()))
                        .asKeyException(what);
            }
            try {
                return service.generate(own, spec, budget.steps(access.deadline())).description();
            } catch (ServiceFailure e) {
                throw e.asKeyException(what);
            }
        }

        /// The service's word that there is a new version is held against the old one: a rotation that changed nothing isn't one.
        @Override
        public KeyDescription rotate(KeyRef ref, KeyAccess access) throws KeyException {
            R own = service.references().cast(ref);
            String what = "the key " + ref.text() + " was not rotated";
            ServiceKey old = one(own, access, what, service::describe);
            try {
                ServiceKey made = service.rotate(own, budget.steps(access.deadline()));
                if (made.uri().equals(old.uri()) || old.publicKey().isPresent() && old.publicKey().equals(made.publicKey())) {
                    throw ServiceFailure.of(Fault.UNSOUND, "the service answered that it was done, and " + made.uri() + " is still the key", null);
                }
                return made.description();
            } catch (ServiceFailure e) {
                throw e.asKeyException(what);
            }
        }

        @Override
        public KeyEvidence evidence(KeyRef ref, KeyAccess access) throws KeyException {
            R own = service.references().cast(ref);
            String what = "there is no evidence for " + ref.text();
            if (!service.namesOneKey(own)) {
                throw notOne(what, ServiceBackend.this.list(own, access));
            }
            try {
                return budget.call(access.deadline(), left -> service.evidence(own, left));
            } catch (ServiceFailure e) {
                throw e.asKeyException(what);
            }
        }

        @Override
        public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
            return ServiceBackend.this.list(service.references().cast(ref), access).stream().map(ServiceKey::description).toList();
        }

        @Override
        public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
            return one(service.references().cast(ref), access, "the key " + ref.text() + " was not read", service::describe).description();
        }
    }
}
