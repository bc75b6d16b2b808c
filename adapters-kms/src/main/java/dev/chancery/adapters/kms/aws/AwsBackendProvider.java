package dev.chancery.adapters.kms.aws;

import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.Waiting;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyBackendProvider;
import dev.chancery.ports.key.KeyException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/// Makes the back end for `awskms:`.
public final class AwsBackendProvider implements KeyBackendProvider {
    @Override
    public Set<String> schemes() {
        return Set.of("awskms");
    }

    @Override
    public KeyBackend backend(Surroundings surroundings) throws KeyException {
        try {
            return new ServiceBackend<>(
                    new AwsKeyService(new AwsClients(_ -> { }), surroundings.publicKeyDecoder(), EnumSet.allOf(KeySpec.class)),
                    new CallBudget(CallLimits.of(surroundings.environment()), Waiting.real(), new SecureRandom()));
        } catch (ServiceFailure e) {
            throw e.asKeyException("the keys in AWS KMS cannot be used");
        }
    }
}
