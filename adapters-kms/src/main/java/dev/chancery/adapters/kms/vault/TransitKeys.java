package dev.chancery.adapters.kms.vault;

import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.ServiceKey;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.HashiVaultKeyRef;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads what the engine tells of a key (*Read Key*).
final class TransitKeys {
    private final PublicKeyDecoder decoder;

    TransitKeys(PublicKeyDecoder decoder) {
        this.decoder = decoder;
    }

    /// Whether it is a signing key at all. MAC and encryption keys have no public half.
    static boolean signs(JsonObject data) {
        return data.getBoolean("supports_signing", false);
    }

    /// @param ref the reference it was asked for by; its version counts, else the newest
    /// @param name the key's name
    /// @param data the answer
    ServiceKey read(HashiVaultKeyRef ref, String name, JsonObject data, String path) throws ServiceFailure {
        if (!signs(data)) {
            throw ServiceFailure.of(Fault.USAGE_WRONG, "the key " + name + " is of type " + text(data, "type", path) + ", which does not sign", null);
        }
        if (data.getBoolean("soft_deleted", false)) {
            throw ServiceFailure.of(Fault.BEING_DELETED, "the key " + name + " is deleted and can still be restored", null);
        }
        int latest = data.getInt("latest_version", 0);
        int version = ref.version().orElse(latest);
        JsonValue versions = data.get("keys");
        JsonValue entry = versions != null && versions.isObject() ? versions.asObject().get(Integer.toString(version)) : null;
        if (entry == null || !entry.isObject()) {
            throw latest == 0
                    ? VaultServer.unsound(path, "it has no versions")
                    : ServiceFailure.of(Fault.NOT_FOUND, "the key " + name + " has no version " + version + "; the newest is " + latest, null);
        }
        if (version < data.getInt("min_encryption_version", 0)) {
            throw ServiceFailure.of(Fault.DISABLED, "version " + version + " of " + name + " no longer signs: min_encryption_version is "
                    + data.getInt("min_encryption_version", 0), null);
        }
        PublicKey publicKey = publicKey(text(data, "type", path), text(entry.asObject(), "public_key", path), path);
        String scheme = ref.text().substring(0, ref.text().indexOf(':'));
        return new ServiceKey(scheme + "://" + name + "/versions/" + version, Integer.toString(version), name, publicKey, algorithms(publicKey),
                List.of(new Fact("keyVersion", Integer.toString(version)),
                        new Fact("latestVersion", Integer.toString(latest)),
                        new Fact("created", text(entry.asObject(), "creation_time", path)),
                        new Fact("exportable", data.getBoolean("exportable", false) ? "yes" : "no"),
                        new Fact("imported", data.getBoolean("imported_key", false) ? "yes" : "no")));
    }

    /// The engine's own word. Its keys are software: the server makes them, holds them behind its barrier, and never gives one out that is
    /// neither `exportable` nor open to `allow_plaintext_backup`. Neither can be taken back once it was set (*Update Key Configuration*),
    /// so that what is not set never was.
    KeyEvidence evidence(HashiVaultKeyRef ref, String name, JsonObject data, String path) throws ServiceFailure {
        ServiceKey key = read(ref, name, data, path);
        boolean readable = data.getBoolean("exportable", false) || data.getBoolean("allow_plaintext_backup", false);
        Claim kept = readable ? Claim.NO : data.get("exportable") == null ? Claim.NOT_SAID : Claim.YES;
        return new KeyEvidence(key.description(), data.getBoolean("imported_key", false) ? Claim.NO : Claim.YES, kept, kept,
                List.of(new Fact("device", "transit engine of Vault or OpenBao"),
                        new Fact("protection", "software, in the server's encrypted storage"),
                        new Fact("exportable", word(data, "exportable")),
                        new Fact("plaintextBackup", word(data, "allow_plaintext_backup")),
                        new Fact("deletionAllowed", word(data, "deletion_allowed"))),
                List.of());
    }

    private static String word(JsonObject data, String name) {
        JsonValue value = data.get(name);
        return value == null ? "not said" : value.asBoolean() ? "yes" : "no";
    }

    /// Ed25519ph is not among what the engine does.
    private static Set<SignatureAlgorithm> algorithms(PublicKey key) {
        EnumSet<SignatureAlgorithm> algorithms = EnumSet.copyOf(SignatureAlgorithm.forKey(key));
        algorithms.remove(SignatureAlgorithm.ED25519_PH);
        return algorithms;
    }

    /// PEM, but Ed25519 as the base64 of its 32 bytes.
    private PublicKey publicKey(String type, String text, String path) throws ServiceFailure {
        try {
            return type.equals("ed25519") && !text.startsWith("-----")
                    ? new Ed25519PublicKey(Bytes.fromBase64(text))
                    : decoder.decodePem(Bytes.ofUtf8(text));
        } catch (PublicKeyException | IllegalArgumentException e) {
            throw ServiceFailure.of(Fault.UNSOUND, "the public key in the answer for " + path + " cannot be read", e);
        }
    }

    private static String text(JsonObject object, String name, String path) throws ServiceFailure {
        JsonValue value = object.get(name);
        if (value == null || !value.isString()) {
            throw VaultServer.unsound(path, "it has no " + name);
        }
        return value.asString();
    }
}
