package dev.chancery.adapters.kms.gcp;

import com.google.cloud.kms.v1.ProtectionLevel;
import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.Waiting;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyBackendProvider;
import dev.chancery.ports.key.KeyException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the back end for `gcpkms:`, over gRPC unless `CHANCERY_GCP_TRANSPORT` says `rest`. New keys are made in an HSM, unless `CHANCERY_GCP_PROTECTION_LEVEL` says `software`.
public final class GoogleBackendProvider implements KeyBackendProvider {
    @Override
    public Set<String> schemes() {
        return Set.of("gcpkms");
    }

    @Override
    public KeyBackend backend(Surroundings surroundings) throws KeyException {
        try {
            GoogleClients clients = new GoogleClients(transport(surroundings.environment()), _ -> { });
            return new ServiceBackend<>(
                    new GoogleKeyService(clients, new GoogleKeys(clients, surroundings.publicKeyDecoder()),
                            protection(surroundings.environment()), Waiting.real()),
                    new CallBudget(CallLimits.of(surroundings.environment()), Waiting.real(), new SecureRandom()));
        } catch (ServiceFailure e) {
            throw e.asKeyException("the keys in Google Cloud KMS cannot be used");
        }
    }

    private static GoogleClients.Transport transport(Function<String, @Nullable String> environment) throws ServiceFailure {
        return switch (Objects.requireNonNullElse(environment.apply("CHANCERY_GCP_TRANSPORT"), "grpc")) {
            case "grpc", "" -> GoogleClients.Transport.GRPC;
            case "rest" -> GoogleClients.Transport.REST;
            case String other -> throw ServiceFailure.of(Fault.SETTING, "CHANCERY_GCP_TRANSPORT is " + other + ", not grpc or rest", null);
        };
    }

    private static ProtectionLevel protection(Function<String, @Nullable String> environment) throws ServiceFailure {
        return switch (Objects.requireNonNullElse(environment.apply("CHANCERY_GCP_PROTECTION_LEVEL"), "hsm")) {
            case "hsm", "" -> ProtectionLevel.HSM;
            case "software" -> ProtectionLevel.SOFTWARE;
            case String other -> throw ServiceFailure.of(Fault.SETTING, "CHANCERY_GCP_PROTECTION_LEVEL is " + other + ", not hsm or software", null);
        };
    }
}
