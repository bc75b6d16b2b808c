package dev.chancery.adapters.kms.aws;

import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.KeyService;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.ServiceKey;
import dev.chancery.adapters.kms.service.Steps;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.AwsKmsKeyRef;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;

/// AWS KMS as a key service.
final class AwsKeyService implements KeyService<AwsKmsKeyRef> {
    /// Sign, `Message`: "up to 4096 bytes" (KMS API Reference).
    static final int MAX_MESSAGE = 4096;

    private final AwsClients clients;
    private final PublicKeyDecoder decoder;
    private final Set<KeySpec> offered;

    /// @param offered the kinds of key the service makes: all of ours, where an emulator has only some
    AwsKeyService(AwsClients clients, PublicKeyDecoder decoder, Set<KeySpec> offered) {
        this.clients = clients;
        this.decoder = decoder;
        this.offered = EnumSet.copyOf(offered);
    }

    @Override
    public Class<AwsKmsKeyRef> references() {
        return AwsKmsKeyRef.class;
    }

    @Override
    public boolean namesOneKey(AwsKmsKeyRef ref) {
        return ref.key().isPresent();
    }

    @Override
    public ServiceKey find(AwsKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        KeyMetadata metadata = metadata(ref, ref.key().orElseThrow(), timeLimit);
        switch (metadata.keyState()) {
            case ENABLED -> { }
            case PENDING_DELETION, PENDING_REPLICA_DELETION -> throw ServiceFailure.of(Fault.BEING_DELETED,
                    "the key is scheduled for deletion at " + metadata.deletionDate(), null)
                    .withRemedy("cancel the deletion (aws kms cancel-key-deletion) if the key should live");
            case CREATING, DISABLED, PENDING_IMPORT, UNAVAILABLE, UPDATING, UNKNOWN_TO_SDK_VERSION -> throw ServiceFailure.of(
                    Fault.DISABLED, "the key's state is " + metadata.keyStateAsString(), null);
        }
        return read(ref, metadata, ref.alias().orElse(""), timeLimit);
    }

    @Override
    public ServiceKey describe(AwsKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        return describe(ref, metadata(ref, ref.key().orElseThrow(), timeLimit), ref.alias().orElse(""), timeLimit);
    }

    /// A key that isn't enabled doesn't tell its public half either.
    private ServiceKey describe(AwsKmsKeyRef ref, KeyMetadata metadata, String label, Duration timeLimit) throws ServiceFailure {
        return metadata.keyState() == KeyState.ENABLED
                ? read(ref, metadata, label, timeLimit)
                : new ServiceKey(uri(ref, metadata), metadata.arn(), label, null, Set.of(), facts(metadata));
    }

    private KeyMetadata metadata(AwsKmsKeyRef ref, String key, Duration timeLimit) throws ServiceFailure {
        KmsClient client = clients.clientFor(ref);
        KeyMetadata metadata = ask("kms:DescribeKey", key, () -> client.describeKey(request -> request.keyId(key)
                .overrideConfiguration(within(timeLimit)))).keyMetadata();
        if (metadata == null || metadata.arn() == null || metadata.keyState() == null || metadata.keyUsage() == null) {
            throw ServiceFailure.of(Fault.UNSOUND, "the answer to DescribeKey has no key", null);
        }
        return metadata;
    }

    private ServiceKey read(AwsKmsKeyRef ref, KeyMetadata metadata, String label, Duration timeLimit) throws ServiceFailure {
        if (metadata.keyUsage() != KeyUsageType.SIGN_VERIFY) {
            throw ServiceFailure.of(Fault.USAGE_WRONG, "the key's usage is " + metadata.keyUsageAsString() + ", not SIGN_VERIFY", null);
        }
        KmsClient client = clients.clientFor(ref);
        GetPublicKeyResponse answer = ask("kms:GetPublicKey", metadata.arn(), () -> client.getPublicKey(request -> request
                .keyId(metadata.arn()).overrideConfiguration(within(timeLimit))));
        if (answer.keyId() == null || answer.publicKey() == null) {
            throw ServiceFailure.of(Fault.UNSOUND, "the answer to GetPublicKey has no key", null);
        }
        refuseOther(metadata.arn(), answer.keyId());
        PublicKey publicKey = decode(answer);
        return new ServiceKey(uri(ref, metadata), metadata.arn(), label, publicKey,
                AwsAlgorithms.of(publicKey, answer.signingAlgorithms()), facts(metadata));
    }

    private static String uri(AwsKmsKeyRef ref, KeyMetadata metadata) {
        return "awskms://" + ref.endpoint().orElse("") + "/" + metadata.arn();
    }

    private PublicKey decode(GetPublicKeyResponse answer) throws ServiceFailure {
        try {
            return decoder.decodeDer(Bytes.copyOf(answer.publicKey().asByteArray()));
        } catch (PublicKeyException e) {
            // secp256k1 and SM2 are sound and not among what is signed with here; anything else would be a surprise.
            throw ServiceFailure.of(Fault.ALGORITHM, "the key is of a kind that is not used here (" + answer.keySpecAsString() + ")", e);
        }
    }

    private static List<Fact> facts(KeyMetadata metadata) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("state", metadata.keyStateAsString()));
        facts.add(new Fact("origin", metadata.originAsString()));
        facts.add(new Fact("protection", switch (metadata.origin()) {
            case AWS_KMS -> "AWS KMS HSM (FIPS 140-3), not exportable";
            case AWS_CLOUDHSM -> "AWS CloudHSM cluster " + metadata.cloudHsmClusterId();
            case EXTERNAL_KEY_STORE -> "external key store " + metadata.customKeyStoreId();
            case EXTERNAL -> "imported into AWS KMS: whoever made it may have a copy";
            case UNKNOWN_TO_SDK_VERSION -> "unknown";
        }));
        facts.add(new Fact("multiRegion", Boolean.TRUE.equals(metadata.multiRegion()) ? "yes" : "no"));
        if (metadata.creationDate() != null) {
            facts.add(new Fact("created", metadata.creationDate().toString()));
        }
        return facts;
    }

    @Override
    public List<ServiceKey> list(AwsKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        KmsClient client = clients.clientFor(ref);
        Map<String, String> aliases = new TreeMap<>();
        for (AliasListEntry alias : ask("kms:ListAliases", ref.text(), () -> client.listAliasesPaginator(request -> request
                .overrideConfiguration(within(timeLimit))).aliases().stream().toList())) {
            if (alias.targetKeyId() != null) {
                aliases.merge(alias.targetKeyId(), alias.aliasName(), (first, second) -> first + " " + second);
            }
        }
        List<ServiceKey> found = new ArrayList<>();
        for (KeyListEntry entry : ask("kms:ListKeys", ref.text(), () -> client.listKeysPaginator(request -> request
                .overrideConfiguration(within(timeLimit))).keys().stream().toList())) {
            KeyMetadata metadata = metadata(ref, entry.keyArn(), timeLimit);
            if (metadata.keyUsage() == KeyUsageType.SIGN_VERIFY) {
                found.add(describe(ref, metadata, aliases.getOrDefault(entry.keyId(), ""), timeLimit));
            }
        }
        return found;
    }

    @Override
    public Set<KeySpec> generatable() {
        return EnumSet.copyOf(offered);
    }

    @Override
    public ServiceKey generate(AwsKmsKeyRef ref, KeySpec spec, Steps steps) throws ServiceFailure {
        String alias = ref.key().filter(key -> key.startsWith("alias/")).orElseThrow(() -> ServiceFailure.of(Fault.SETTING,
                "the service chooses a key's id itself; a new key is named by an alias", null).withRemedy("write awskms:///alias/NAME"));
        new AwsKeyMaking(clients.clientFor(ref), steps).generate(alias, AwsAlgorithms.spec(spec));
        return steps.next(left -> find(ref, left));
    }

    /// Asymmetric keys have no versions in this service (KMS Developer Guide, *Rotating AWS KMS keys*, "manual key rotation"): a new key of
    /// the same kind takes over the alias. The old one stays, under its ARN.
    @Override
    public ServiceKey rotate(AwsKmsKeyRef ref, Steps steps) throws ServiceFailure {
        String alias = ref.key().filter(key -> key.startsWith("alias/")).orElseThrow(() -> ServiceFailure.of(Fault.SETTING,
                "a signing key has no versions in AWS KMS; what moves on to a new key is an alias", null).withRemedy("write awskms:///alias/NAME"));
        KeyMetadata old = steps.next(left -> metadata(ref, alias, left));
        if (old.keyUsage() != KeyUsageType.SIGN_VERIFY) {
            throw ServiceFailure.of(Fault.USAGE_WRONG, "the key's usage is " + old.keyUsageAsString() + ", not SIGN_VERIFY", null);
        }
        new AwsKeyMaking(clients.clientFor(ref), steps).replace(alias, old);
        return steps.next(left -> find(ref, left));
    }

    /// KMS says where key material comes from (`Origin`); what it made itself never leaves its HSMs in the clear (KMS Developer Guide,
    /// *AWS KMS keys*). A multi-Region key is wrapped and taken into the HSMs of other Regions, so it isn't one that could never be.
    @Override
    public KeyEvidence evidence(AwsKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        KeyMetadata metadata = metadata(ref, ref.key().orElseThrow(), timeLimit);
        ServiceKey key = describe(ref, metadata, ref.alias().orElse(""), timeLimit);
        boolean multiRegion = Boolean.TRUE.equals(metadata.multiRegion());
        Claim inside = switch (metadata.origin()) {
            case AWS_KMS -> Claim.YES;
            case EXTERNAL -> Claim.NO;
            case AWS_CLOUDHSM, EXTERNAL_KEY_STORE, UNKNOWN_TO_SDK_VERSION -> Claim.NOT_SAID;
        };
        return new KeyEvidence(key.description(), inside, inside, inside == Claim.YES && multiRegion ? Claim.NO : inside,
                List.of(new Fact("device", "AWS KMS"), new Fact("origin", metadata.originAsString()),
                        new Fact("keyManager", metadata.keyManagerAsString() == null ? "not said" : metadata.keyManagerAsString()),
                        new Fact("multiRegion", multiRegion ? "yes" : "no"), new Fact("attestation", "the service gives none for a key")),
                List.of());
    }

    @Override
    public Bytes sign(AwsKmsKeyRef ref, ServiceKey key, SignatureAlgorithm algorithm, SigningInput input, Duration timeLimit)
            throws ServiceFailure {
        KmsClient client = clients.clientFor(ref);
        SignRequest.Builder request = SignRequest.builder().keyId(key.handle()).signingAlgorithm(AwsAlgorithms.name(algorithm))
                .overrideConfiguration(within(timeLimit));
        switch (input) {
            case SigningInput.Prehashed prehashed -> request.messageType(MessageType.DIGEST).message(sdk(prehashed.digest().value()));
            case SigningInput.Message message -> message(request, key, message.content());
        }
        SignResponse answer = ask("kms:Sign", key.handle(), () -> client.sign(request.build()));
        if (answer.keyId() == null || answer.signature() == null) {
            throw ServiceFailure.of(Fault.UNSOUND, "the answer to Sign has no signature", null);
        }
        refuseOther(key.handle(), answer.keyId());
        return Bytes.copyOf(answer.signature().asByteArray());
    }

    private static void message(SignRequest.Builder request, ServiceKey key, Bytes message) throws ServiceFailure {
        if (key.publicKeyOrNull() instanceof MlDsaPublicKey mlDsa) {
            request.messageType(MessageType.EXTERNAL_MU).message(sdk(MlDsaMu.of(mlDsa, message)));
        } else if (message.size() > MAX_MESSAGE) {
            throw ServiceFailure.of(Fault.TOO_LONG, "it has " + message.size() + " bytes; AWS KMS takes " + MAX_MESSAGE + " for pure Ed25519", null)
                    .withRemedy("use --algorithm ed25519ph, or a P-256 key");
        } else {
            request.messageType(MessageType.RAW).message(sdk(message));
        }
    }

    /// The service answers by the ARN; the emulator by the id that ends it.
    private static void refuseOther(String arn, String answered) throws ServiceFailure {
        if (!answered.equals(arn) && !arn.endsWith(":key/" + answered)) {
            throw ServiceFailure.of(Fault.OTHER_KEY, arn + " was asked, and " + answered + " answered", null);
        }
    }

    private static SdkBytes sdk(Bytes bytes) {
        return SdkBytes.fromByteArrayUnsafe(bytes.toByteArray());
    }

    static AwsRequestOverrideConfiguration within(Duration timeLimit) {
        return AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeLimit).build();
    }

    static <T> T ask(String permission, String key, Supplier<T> call) throws ServiceFailure {
        try {
            return call.get();
        } catch (SdkException e) {
            throw AwsErrors.of(e, permission, key);
        }
    }
}
