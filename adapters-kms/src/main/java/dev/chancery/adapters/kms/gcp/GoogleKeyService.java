package dev.chancery.adapters.kms.gcp;

import com.google.cloud.kms.v1.AsymmetricSignRequest;
import com.google.cloud.kms.v1.AsymmetricSignResponse;
import com.google.cloud.kms.v1.CreateCryptoKeyRequest;
import com.google.cloud.kms.v1.CreateCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.CryptoKeyVersionTemplate;
import com.google.cloud.kms.v1.Digest;
import com.google.cloud.kms.v1.GetCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.ProtectionLevel;
import com.google.protobuf.ByteString;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.KeyService;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.ServiceKey;
import dev.chancery.adapters.kms.service.Steps;
import dev.chancery.adapters.kms.service.Waiting;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.GcpKmsKeyRef;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Google Cloud KMS as a key service.
final class GoogleKeyService implements KeyService<GcpKmsKeyRef> {
    /// AsymmetricSign, `data`: at most 64 KiB (Cloud KMS documentation, *Quotas*, "input size").
    static final int MAX_MESSAGE = 64 * 1024;
    private static final Duration GENERATION_STEP = Duration.ofMillis(500);

    private final GoogleClients clients;
    private final GoogleKeys keys;
    private final ProtectionLevel protection;
    private final Waiting waiting;

    /// @param protection where new keys are made
    GoogleKeyService(GoogleClients clients, GoogleKeys keys, ProtectionLevel protection, Waiting waiting) {
        this.clients = clients;
        this.keys = keys;
        this.protection = protection;
        this.waiting = waiting;
    }

    @Override
    public Class<GcpKmsKeyRef> references() {
        return GcpKmsKeyRef.class;
    }

    @Override
    public boolean namesOneKey(GcpKmsKeyRef ref) {
        return ref.key().isPresent();
    }

    @Override
    public ServiceKey find(GcpKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        return usable(version(ref, timeLimit), timeLimit);
    }

    private ServiceKey usable(CryptoKeyVersion version, Duration timeLimit) throws ServiceFailure {
        switch (version.getState()) {
            case ENABLED -> { }
            case DESTROYED, DESTROY_SCHEDULED, PENDING_EXTERNAL_DESTRUCTION, EXTERNAL_DESTRUCTION_FAILED -> throw ServiceFailure.of(
                    Fault.BEING_DELETED, "the state of " + version.getName() + " is " + version.getState(), null);
            case DISABLED, PENDING_GENERATION, PENDING_IMPORT, IMPORT_FAILED, GENERATION_FAILED, CRYPTO_KEY_VERSION_STATE_UNSPECIFIED,
                    UNRECOGNIZED -> throw ServiceFailure.of(
                    Fault.DISABLED, "the state of " + version.getName() + " is " + version.getState(), null);
        }
        return keys.read(version, timeLimit);
    }

    @Override
    public ServiceKey describe(GcpKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        return keys.describe(version(ref, timeLimit), timeLimit);
    }

    /// The version a reference names; where it names none, the newest enabled one, or the newest when none is.
    private CryptoKeyVersion version(GcpKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        String key = ref.keyRing() + "/cryptoKeys/" + ref.key().orElseThrow();
        if (ref.version().isPresent()) {
            return named(key + "/cryptoKeyVersions/" + ref.version().get(), timeLimit);
        }
        CryptoKeyVersion best = null;
        for (CryptoKeyVersion version : keys.versions(key, timeLimit)) {
            boolean better = best == null || enabled(version) && !enabled(best)
                    || enabled(version) == enabled(best) && GoogleKeys.number(version) > GoogleKeys.number(best);
            best = better ? version : best;
        }
        if (best == null) {
            throw ServiceFailure.of(Fault.NOT_FOUND, "the key " + key + " has no version", null);
        }
        return best;
    }

    private CryptoKeyVersion named(String version, Duration timeLimit) throws ServiceFailure {
        return clients.call(KeyManagementServiceClient::getCryptoKeyVersionCallable, GetCryptoKeyVersionRequest.newBuilder().setName(version).build(),
                timeLimit, "cloudkms.cryptoKeyVersions.get", version);
    }

    private static boolean enabled(CryptoKeyVersion version) {
        return version.getState() == CryptoKeyVersionState.ENABLED;
    }

    @Override
    public List<ServiceKey> list(GcpKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        return keys.list(ref.keyRing(), timeLimit);
    }

    @Override
    public Set<KeySpec> generatable() {
        return EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.ED25519, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096);
    }

    @Override
    public ServiceKey generate(GcpKmsKeyRef ref, KeySpec spec, Steps steps) throws ServiceFailure {
        if (ref.key().isEmpty() || ref.version().isPresent()) {
            throw ServiceFailure.of(Fault.SETTING, "a new key is given a name and no version", null).withRemedy("write gcpkms://…/cryptoKeys/NAME");
        }
        CreateCryptoKeyRequest request = CreateCryptoKeyRequest.newBuilder()
                .setParent(ref.keyRing())
                .setCryptoKeyId(ref.key().get())
                .setCryptoKey(CryptoKey.newBuilder().setPurpose(CryptoKey.CryptoKeyPurpose.ASYMMETRIC_SIGN)
                        .setVersionTemplate(CryptoKeyVersionTemplate.newBuilder()
                                .setAlgorithm(GoogleAlgorithms.of(spec)).setProtectionLevel(protection)))
                .build();
        String name = steps.next(left -> clients.call(KeyManagementServiceClient::createCryptoKeyCallable, request, left,
                "cloudkms.cryptoKeys.create", ref.key().get())).getName();
        return made(name + "/cryptoKeyVersions/1", steps);
    }

    /// *CreateCryptoKeyVersion*. A signing key has no primary version: the newest enabled one signs, so a new one takes over by being there.
    @Override
    public ServiceKey rotate(GcpKmsKeyRef ref, Steps steps) throws ServiceFailure {
        if (ref.version().isPresent()) {
            throw ServiceFailure.of(Fault.SETTING, "a key is rotated, not one of its versions", null).withRemedy("leave /cryptoKeyVersions/N out");
        }
        String key = ref.keyRing() + "/cryptoKeys/" + ref.key().orElseThrow();
        CreateCryptoKeyVersionRequest request = CreateCryptoKeyVersionRequest.newBuilder().setParent(key)
                .setCryptoKeyVersion(CryptoKeyVersion.newBuilder().setState(CryptoKeyVersionState.ENABLED)).build();
        return made(steps.next(left -> clients.call(KeyManagementServiceClient::createCryptoKeyVersionCallable, request, left,
                "cloudkms.cryptoKeyVersions.create", key)).getName(), steps);
    }

    /// Waits for a version, which is made in the background: it is PENDING_GENERATION at first.
    private ServiceKey made(String name, Steps steps) throws ServiceFailure {
        while (true) {
            CryptoKeyVersion version = steps.next(left -> named(name, left));
            if (version.getState() != CryptoKeyVersionState.PENDING_GENERATION) {
                return steps.next(left -> usable(version, left));
            }
            if (steps.left().compareTo(GENERATION_STEP) <= 0) {
                throw ServiceFailure.of(Fault.TIMED_OUT, "the version " + name + " was asked for and is still being made", null)
                        .withRemedy("see chancery key show in a while");
            }
            pause();
        }
    }

    @Override
    public KeyEvidence evidence(GcpKmsKeyRef ref, Duration timeLimit) throws ServiceFailure {
        return keys.evidence(version(ref, timeLimit), timeLimit);
    }

    private void pause() throws ServiceFailure {
        try {
            waiting.pause(GENERATION_STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceFailure.of(Fault.TIMED_OUT, "the program was told to stop waiting", e);
        }
    }

    @Override
    public Bytes sign(GcpKmsKeyRef ref, ServiceKey key, SignatureAlgorithm algorithm, SigningInput input, Duration timeLimit)
            throws ServiceFailure {
        AsymmetricSignRequest.Builder request = AsymmetricSignRequest.newBuilder().setName(key.handle());
        switch (input) {
            case SigningInput.Prehashed prehashed -> {
                ByteString digest = ByteString.copyFrom(prehashed.digest().value().byteBuffer());
                Digest.Builder typed = Digest.newBuilder();
                switch (prehashed.digest().algorithm()) {
                    case SHA_256 -> typed.setSha256(digest);
                    case SHA_384 -> typed.setSha384(digest);
                    case SHA_512 -> typed.setSha512(digest);
                }
                request.setDigest(typed).setDigestCrc32C(Checksums.of(digest));
            }
            case SigningInput.Message message -> {
                if (message.content().size() > MAX_MESSAGE) {
                    throw ServiceFailure.of(Fault.TOO_LONG, "it has " + message.content().size() + " bytes; Google Cloud KMS takes " + MAX_MESSAGE
                            + " for Ed25519", null).withRemedy("use chancery attest, or a P-256 key");
                }
                ByteString data = ByteString.copyFrom(message.content().byteBuffer());
                request.setData(data).setDataCrc32C(Checksums.of(data));
            }
        }
        AsymmetricSignResponse answer = clients.call(KeyManagementServiceClient::asymmetricSignCallable, request.build(), timeLimit,
                "cloudkms.cryptoKeyVersions.useToSign", key.handle());
        check(answer, request, key);
        return Bytes.copyOf(answer.getSignature().toByteArray());
    }

    private static void check(AsymmetricSignResponse answer, AsymmetricSignRequest.Builder request, ServiceKey key) throws ServiceFailure {
        if (!answer.getName().equals(key.handle())) {
            throw ServiceFailure.of(Fault.OTHER_KEY, key.handle() + " was asked to sign, and " + answer.getName() + " did", null);
        }
        boolean received = request.hasDigest() ? answer.getVerifiedDigestCrc32C() : answer.getVerifiedDataCrc32C();
        if (!received) {
            throw ServiceFailure.of(Fault.DAMAGED, "the service did not confirm the checksum of what it was sent", null);
        }
        Checksums.check(answer.getSignature(), answer.hasSignatureCrc32C(), answer.getSignatureCrc32C(), "the signature");
    }
}
