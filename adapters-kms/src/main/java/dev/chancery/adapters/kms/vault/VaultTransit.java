package dev.chancery.adapters.kms.vault;

import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.KeyService;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.ServiceKey;
import dev.chancery.adapters.kms.service.Steps;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.HashiVaultKeyRef;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The transit engine as a key service.
final class VaultTransit implements KeyService<HashiVaultKeyRef> {
    /// ML-DSA is only in Vault Enterprise, and experimental there.
    private static final Set<KeySpec> GENERATABLE = EnumSet.range(KeySpec.P_256, KeySpec.RSA_4096);

    private final VaultServer server;
    private final VaultSettings settings;
    private final TransitKeys keys;

    VaultTransit(VaultServer server, VaultSettings settings, PublicKeyDecoder decoder) {
        this.server = server;
        this.settings = settings;
        this.keys = new TransitKeys(decoder);
    }

    @Override
    public Class<HashiVaultKeyRef> references() {
        return HashiVaultKeyRef.class;
    }

    @Override
    public boolean namesOneKey(HashiVaultKeyRef ref) {
        return ref.key().isPresent();
    }

    @Override
    public ServiceKey find(HashiVaultKeyRef ref, Duration timeLimit) throws ServiceFailure {
        String name = ref.key().orElseThrow();
        String path = settings.mount() + "/keys/" + name;
        return keys.read(ref, name, server.read(path, timeLimit), path);
    }

    @Override
    public List<ServiceKey> list(HashiVaultKeyRef ref, Duration timeLimit) throws ServiceFailure {
        String path = settings.mount() + "/keys";
        List<ServiceKey> found = new ArrayList<>();
        Optional<JsonObject> listed = server.list(path, timeLimit);
        if (listed.isEmpty()) {
            return found;
        }
        JsonValue names = listed.get().get("keys");
        if (names == null || !names.isArray()) {
            throw VaultServer.unsound(path, "it lists no keys");
        }
        for (JsonValue name : names.asArray()) {
            if (!name.isString()) {
                throw VaultServer.unsound(path, "a name is no text");
            }
            JsonObject data = server.read(path + "/" + name.asString(), timeLimit);
            if (TransitKeys.signs(data)) {
                found.add(keys.read(ref, name.asString(), data, path));
            }
        }
        return found;
    }

    @Override
    public Set<KeySpec> generatable() {
        return EnumSet.copyOf(GENERATABLE);
    }

    @Override
    public ServiceKey generate(HashiVaultKeyRef ref, KeySpec spec, Steps steps) throws ServiceFailure {
        if (ref.key().isEmpty() || ref.version().isPresent()) {
            throw ServiceFailure.of(Fault.SETTING, "a new key is given a name and no version", null).withRemedy("write hashivault://NAME");
        }
        // The server takes a second creation for the same key without a word, so it is looked for first.
        try {
            steps.next(left -> find(ref, left));
        } catch (ServiceFailure e) {
            if (e.fault() != Fault.NOT_FOUND) {
                throw e;
            }
            steps.next(left -> server.write(settings.mount() + "/keys/" + ref.key().get(),
                    new JsonObject().add("type", type(spec)).add("exportable", false).add("allow_plaintext_backup", false),
                    "create", left));
            return steps.next(left -> find(ref, left));
        }
        throw ServiceFailure.of(Fault.EXISTS, "the engine has a key " + ref.key().get(), null);
    }

    /// *Rotate Key*: the versions before stay, and go on signing when they are named, unless `min_encryption_version` forbids it.
    @Override
    public ServiceKey rotate(HashiVaultKeyRef ref, Steps steps) throws ServiceFailure {
        if (ref.version().isPresent()) {
            throw ServiceFailure.of(Fault.SETTING, "a key is rotated, not one of its versions", null).withRemedy("leave /versions/N out");
        }
        String path = settings.mount() + "/keys/" + ref.key().orElseThrow() + "/rotate";
        steps.next(left -> server.write(path, new JsonObject(), "update", left));
        return steps.next(left -> find(ref, left));
    }

    @Override
    public KeyEvidence evidence(HashiVaultKeyRef ref, Duration timeLimit) throws ServiceFailure {
        String name = ref.key().orElseThrow();
        String path = settings.mount() + "/keys/" + name;
        return keys.evidence(ref, name, server.read(path, timeLimit), path);
    }

    private static String type(KeySpec spec) {
        return switch (spec) {
            case P_256 -> "ecdsa-p256";
            case P_384 -> "ecdsa-p384";
            case P_521 -> "ecdsa-p521";
            case ED25519 -> "ed25519";
            case RSA_2048 -> "rsa-2048";
            case RSA_3072 -> "rsa-3072";
            case RSA_4096 -> "rsa-4096";
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> throw new IllegalArgumentException("not a kind the engine makes");
        };
    }

    /// *Sign Data*: `prehashed` for all but Ed25519, the version that was settled, ECDSA as ASN.1, PSS with a salt as long as the hash.
    @Override
    public Bytes sign(HashiVaultKeyRef ref, ServiceKey key, SignatureAlgorithm algorithm, SigningInput input, Duration timeLimit)
            throws ServiceFailure {
        int version = Integer.parseInt(key.handle());
        JsonObject body = new JsonObject()
                .add("key_version", version)
                .add("marshaling_algorithm", "asn1")
                .add("prehashed", input instanceof SigningInput.Prehashed)
                .add("input", switch (input) {
                    case SigningInput.Prehashed prehashed -> prehashed.digest().value().toBase64();
                    case SigningInput.Message message -> message.content().toBase64();
                });
        if (algorithm == SignatureAlgorithm.RSA_PKCS1_SHA_256) {
            body.add("signature_algorithm", "pkcs1v15");
        } else if (algorithm == SignatureAlgorithm.RSA_PSS_SHA_256) {
            body.add("signature_algorithm", "pss").add("salt_length", "hash");
        }
        String path = settings.mount() + "/sign/" + ref.key().orElseThrow() + algorithm.prehash().map(VaultTransit::hash).orElse("");
        return signature(server.write(path, body, "update", timeLimit), version, path);
    }

    private static String hash(HashAlgorithm hash) {
        return switch (hash) {
            case SHA_256 -> "/sha2-256";
            case SHA_384 -> "/sha2-384";
            case SHA_512 -> "/sha2-512";
        };
    }

    /// `vault:vN:BASE64`.
    private static Bytes signature(JsonObject answer, int version, String path) throws ServiceFailure {
        String text = answer.getString("signature");
        String[] parts = text == null ? new String[0] : text.split(":", -1);
        if (parts.length != 3 || !parts[1].startsWith("v")) {
            throw VaultServer.unsound(path, "it has no signature");
        }
        if (!parts[1].equals("v" + version)) {
            throw ServiceFailure.of(Fault.OTHER_KEY, "version " + version + " was asked to sign, and version " + parts[1].substring(1) + " did", null);
        }
        try {
            return Bytes.fromBase64(parts[2]);
        } catch (IllegalArgumentException e) {
            throw VaultServer.unsound(path, "its signature is not base64");
        }
    }
}
