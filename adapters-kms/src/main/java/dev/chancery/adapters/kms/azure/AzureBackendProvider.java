package dev.chancery.adapters.kms.azure;

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

/// Makes the back end for `azurekms:`. New keys are made in an HSM, unless `CHANCERY_AZURE_PROTECTION` says `software`.
public final class AzureBackendProvider implements KeyBackendProvider {
    @Override
    public Set<String> schemes() {
        return Set.of("azurekms");
    }

    @Override
    public KeyBackend backend(Surroundings surroundings) throws KeyException {
        try {
            return new ServiceBackend<>(
                    new AzureKeyService(AzureClients.real(), new AzureKeys(surroundings.publicKeyDecoder(), AzureKeys::isManagedHsm),
                            hardware(surroundings.environment()), surroundings.clock()),
                    new CallBudget(CallLimits.of(surroundings.environment()), Waiting.real(), new SecureRandom()));
        } catch (ServiceFailure e) {
            throw e.asKeyException("the keys in Azure Key Vault cannot be used");
        }
    }

    private static boolean hardware(Function<String, @Nullable String> environment) throws ServiceFailure {
        return switch (Objects.requireNonNullElse(environment.apply("CHANCERY_AZURE_PROTECTION"), "hsm")) {
            case "hsm", "" -> true;
            case "software" -> false;
            case String other -> throw ServiceFailure.of(Fault.SETTING, "CHANCERY_AZURE_PROTECTION is " + other + ", not hsm or software", null);
        };
    }
}
