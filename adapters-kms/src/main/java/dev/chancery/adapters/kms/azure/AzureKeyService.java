package dev.chancery.adapters.kms.azure;

import com.azure.core.util.Context;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.models.SignResult;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyCurveName;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.KeyService;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.ServiceKey;
import dev.chancery.adapters.kms.service.Steps;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.AzureKmsKeyRef;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.EcdsaSignature;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Azure Key Vault as a key service.
final class AzureKeyService implements KeyService<AzureKmsKeyRef> {
    private final AzureClients clients;
    private final AzureKeys keys;
    private final boolean hardware;
    private final Clock clock;

    /// @param hardware whether new keys are made in an HSM
    /// @param clock tells whether a key's validity has begun and not ended
    AzureKeyService(AzureClients clients, AzureKeys keys, boolean hardware, Clock clock) {
        this.clients = clients;
        this.keys = keys;
        this.hardware = hardware;
        this.clock = clock;
    }

    @Override
    public Class<AzureKmsKeyRef> references() {
        return AzureKmsKeyRef.class;
    }

    @Override
    public boolean namesOneKey(AzureKmsKeyRef ref) {
        return ref.key().isPresent();
    }

    @Override
    public ServiceKey find(AzureKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        KeyVaultKey key = key(ref);
        KeyProperties properties = key.getProperties();
        OffsetDateTime now = OffsetDateTime.now(clock);
        if (Boolean.FALSE.equals(properties.isEnabled())) {
            throw ServiceFailure.of(Fault.DISABLED, "the version " + properties.getVersion() + " is disabled", null);
        }
        if (properties.getNotBefore() != null && now.isBefore(properties.getNotBefore())) {
            throw ServiceFailure.of(Fault.DISABLED, "the key is valid from " + properties.getNotBefore() + " on", null);
        }
        if (properties.getExpiresOn() != null && now.isAfter(properties.getExpiresOn())) {
            throw ServiceFailure.of(Fault.DISABLED, "the key was valid until " + properties.getExpiresOn(), null);
        }
        List<KeyOperation> operations = key.getKeyOperations();
        if (operations != null && !operations.contains(KeyOperation.SIGN)) {
            throw ServiceFailure.of(Fault.USAGE_WRONG, "sign is not among the key's operations " + operations, null);
        }
        return keys.read(ref.host(), key);
    }

    @Override
    public ServiceKey describe(AzureKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        return keys.read(ref.host(), key(ref));
    }

    private KeyVaultKey key(AzureKmsKeyRef ref) throws ServiceFailure {
        String name = ref.key().orElseThrow();
        KeyVaultKey key = ask(ref.host(), "keys/read", ref.text(),
                () -> clients.vault(ref.host()).getKeyWithResponse(name, ref.version().orElse(null), Context.NONE).getValue());
        if (ref.version().isPresent() && !ref.version().get().equals(key.getProperties().getVersion())) {
            throw ServiceFailure.of(Fault.OTHER_KEY, "version " + ref.version().get() + " was asked, and "
                    + key.getProperties().getVersion() + " answered", null);
        }
        return key;
    }

    @Override
    public List<ServiceKey> list(AzureKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        KeyClient vault = clients.vault(ref.host());
        List<ServiceKey> found = new ArrayList<>();
        for (KeyProperties properties : ask(ref.host(), "keys/read", ref.text(), () -> vault.listPropertiesOfKeys().stream().toList())) {
            KeyVaultKey key = ask(ref.host(), "keys/read", properties.getName(),
                    () -> vault.getKeyWithResponse(properties.getName(), null, Context.NONE).getValue());
            List<KeyOperation> operations = key.getKeyOperations();
            if (operations == null || operations.contains(KeyOperation.SIGN)) {
                found.add(keys.read(ref.host(), key));
            }
        }
        return found;
    }

    @Override
    public Set<KeySpec> generatable() {
        return EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096);
    }

    @Override
    public ServiceKey generate(AzureKmsKeyRef ref, KeySpec spec, Steps steps) throws ServiceFailure {
        if (ref.key().isEmpty() || ref.version().isPresent()) {
            throw ServiceFailure.of(Fault.SETTING, "a new key is given a name and no version", null).withRemedy("write azurekms://VAULT/NAME");
        }
        String name = ref.key().get();
        // A second creation would make a new version of the same key, so it is looked for first.
        try {
            steps.next(_ -> key(ref));
        } catch (ServiceFailure e) {
            if (e.fault() != Fault.NOT_FOUND) {
                throw e;
            }
            KeyClient vault = clients.vault(ref.host());
            return keys.read(ref.host(), steps.next(_ -> ask(ref.host(), "keys/create/action", name, () -> switch (spec) {
                case P_256 -> ec(vault, name, KeyCurveName.P_256);
                case P_384 -> ec(vault, name, KeyCurveName.P_384);
                case P_521 -> ec(vault, name, KeyCurveName.P_521);
                case RSA_2048 -> rsa(vault, name, 2048);
                case RSA_3072 -> rsa(vault, name, 3072);
                case RSA_4096 -> rsa(vault, name, 4096);
                case ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> throw new IllegalArgumentException("not a kind the service makes");
            })));
        }
        throw ServiceFailure.of(Fault.EXISTS, "the vault has a key " + name, null);
    }

    /// *Rotate Key*: a new version of the key's own kind. The ones before stay enabled, and sign when they are named.
    @Override
    public ServiceKey rotate(AzureKmsKeyRef ref, Steps steps) throws ServiceFailure {
        if (ref.version().isPresent()) {
            throw ServiceFailure.of(Fault.SETTING, "a key is rotated, not one of its versions", null).withRemedy("leave the version out");
        }
        String name = ref.key().orElseThrow();
        return keys.read(ref.host(), steps.next(_ -> ask(ref.host(), "keys/rotate/action", ref.text(),
                () -> clients.vault(ref.host()).rotateKey(name))));
    }

    /// Only managed HSMs attest to a key, and only when they are asked to (*Get Key Attestation*).
    @Override
    public KeyEvidence evidence(AzureKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        KeyVaultKey key = key(ref);
        if (!keys.attests(ref.host())) {
            return keys.evidence(ref.host(), key);
        }
        String version = key.getProperties().getVersion();
        return keys.evidence(ref.host(), ask(ref.host(), "keys/read", ref.text(), () -> clients.vault(ref.host())
                .getKeyAttestationWithResponse(key.getName(), version, Context.NONE).getValue()));
    }

    private KeyVaultKey ec(KeyClient vault, String name, KeyCurveName curve) {
        return vault.createEcKey(new CreateEcKeyOptions(name).setCurveName(curve).setHardwareProtected(hardware)
                .setKeyOperations(KeyOperation.SIGN, KeyOperation.VERIFY));
    }

    private KeyVaultKey rsa(KeyClient vault, String name, int bits) {
        return vault.createRsaKey(new CreateRsaKeyOptions(name).setKeySize(bits).setHardwareProtected(hardware)
                .setKeyOperations(KeyOperation.SIGN, KeyOperation.VERIFY));
    }

    @Override
    public Bytes sign(AzureKmsKeyRef ref, ServiceKey key, SignatureAlgorithm algorithm, SigningInput input, Duration timeLimit)
            throws ServiceFailure {
        if (!(input instanceof SigningInput.Prehashed prehashed)) {
            throw new IllegalArgumentException("the service signs digests only");
        }
        SignResult answer = ask(ref.host(), "keys/sign/action", key.uri(), () -> clients.version(key.handle())
                .sign(AzureKeys.name(algorithm), prehashed.digest().value().toByteArray(), Context.NONE));
        if (answer.getSignature() == null) {
            throw ServiceFailure.of(Fault.UNSOUND, "the answer has no signature", null);
        }
        if (answer.getKeyId() == null || !answer.getKeyId().equals(key.handle())) {
            throw ServiceFailure.of(Fault.OTHER_KEY, key.handle() + " was asked to sign, and " + answer.getKeyId() + " did", null);
        }
        Bytes signature = Bytes.copyOf(answer.getSignature());
        try {
            return key.publicKeyOrNull() instanceof EcPublicKey ec ? EcdsaSignature.derFromRaw(ec.curve(), signature) : signature;
        } catch (IllegalArgumentException e) {
            throw ServiceFailure.of(Fault.UNSOUND, "the signature in the answer is none of this key's: it has " + signature.size() + " bytes", e);
        }
    }

    private static <T> T ask(String host, String permission, String key, Supplier<T> call) throws ServiceFailure {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw AzureErrors.of(e, permission, key, host);
        }
    }
}
