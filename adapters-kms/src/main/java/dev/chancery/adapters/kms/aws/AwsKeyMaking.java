package dev.chancery.adapters.kms.aws;

import static dev.chancery.adapters.kms.aws.AwsKeyService.ask;
import static dev.chancery.adapters.kms.aws.AwsKeyService.within;

import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.Steps;
import java.util.function.Consumer;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/// Makes keys and has aliases mean them. CreateKey can't be repeated without ending in two keys, so each request is a step of its own, and
/// what went wrong after it names the key that was made.
final class AwsKeyMaking {
    private final KmsClient client;
    private final Steps steps;

    AwsKeyMaking(KmsClient client, Steps steps) {
        this.client = client;
        this.steps = steps;
    }

    /// A new key under a new alias.
    ///
    /// @throws ServiceFailure with EXISTS when the alias is taken
    void generate(String alias, KeySpec spec) throws ServiceFailure {
        refuseExisting(alias);
        String id = create(alias, request -> request.keySpec(spec));
        named(id, () -> steps.next(left -> ask("kms:CreateAlias", alias, () -> client.createAlias(request -> request.aliasName(alias)
                .targetKeyId(id).overrideConfiguration(within(left))))));
    }

    /// A new key like an old one, with its key policy, so that whoever may sign with the old one may with the new one; then the alias moves.
    void replace(String alias, KeyMetadata old) throws ServiceFailure {
        String policy = steps.next(left -> ask("kms:GetKeyPolicy", old.arn(), () -> client.getKeyPolicy(request -> request.keyId(old.arn())
                .policyName("default").overrideConfiguration(within(left))))).policy();
        if (policy == null) {
            throw ServiceFailure.of(Fault.UNSOUND, "the answer to GetKeyPolicy has no policy", null);
        }
        String id = create(alias, request -> request.keySpec(old.keySpec()).multiRegion(old.multiRegion()).policy(policy));
        named(id, () -> steps.next(left -> ask("kms:UpdateAlias", alias, () -> client.updateAlias(request -> request.aliasName(alias)
                .targetKeyId(id).overrideConfiguration(within(left))))));
    }

    private String create(String alias, Consumer<CreateKeyRequest.Builder> kind) throws ServiceFailure {
        return steps.next(left -> ask("kms:CreateKey", alias, () -> client.createKey(request -> kind.accept(request
                .keyUsage(KeyUsageType.SIGN_VERIFY).description("Chancery " + alias).overrideConfiguration(within(left))))))
                .keyMetadata().keyId();
    }

    private static void named(String id, Naming naming) throws ServiceFailure {
        try {
            naming.name();
        } catch (ServiceFailure e) {
            throw ServiceFailure.of(e.fault(), e.why() + "; the key " + id + " was made and has no alias", e)
                    .withRemedy("give it the alias (aws kms create-alias or update-alias), or have it deleted (aws kms schedule-key-deletion)");
        }
    }

    private void refuseExisting(String alias) throws ServiceFailure {
        try {
            steps.next(left -> ask("kms:DescribeKey", alias, () -> client.describeKey(request -> request.keyId(alias)
                    .overrideConfiguration(within(left)))));
        } catch (ServiceFailure e) {
            if (e.fault() == Fault.NOT_FOUND) {
                return;
            }
            throw e;
        }
        throw ServiceFailure.of(Fault.EXISTS, "there is an alias " + alias, null);
    }

    @FunctionalInterface
    private interface Naming {
        Object name() throws ServiceFailure;
    }
}
