package dev.chancery.adapters.kms.vault;

import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.Waiting;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyBackendProvider;
import dev.chancery.ports.key.KeyException;
import java.security.SecureRandom;
import java.util.Set;

/// Makes the back end for `hashivault:` and `openbao:`.
public final class VaultBackendProvider implements KeyBackendProvider {
    @Override
    public Set<String> schemes() {
        return Set.of("hashivault", "openbao");
    }

    @Override
    public KeyBackend backend(Surroundings surroundings) throws KeyException {
        VaultSettings settings = new VaultSettings(surroundings.environment(), surroundings.home());
        try {
            return new ServiceBackend<>(
                    new VaultTransit(new VaultServer(settings, Waiting.real()), settings, surroundings.publicKeyDecoder()),
                    new CallBudget(CallLimits.of(surroundings.environment()), Waiting.real(), new SecureRandom()));
        } catch (ServiceFailure e) {
            throw e.asKeyException("the keys in the Vault cannot be used");
        }
    }
}
