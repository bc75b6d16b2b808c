package dev.chancery.verification.tuf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.tuf.TufEnvelope;
import dev.chancery.domain.tuf.TufEnvelope.TufSignature;
import dev.chancery.domain.tuf.TufKey;
import dev.chancery.domain.tuf.TufMetadata;
import dev.chancery.domain.tuf.TufRole;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Verifies that so many keys of a role have signed. A key counts once, whatever ids it goes by.
final class RoleSignatures {
    private static final int ED25519_LENGTH = 32;

    private final PublicKeyDecoder keys;
    private final SignatureVerifier verifier;

    RoleSignatures(PublicKeyDecoder keys, SignatureVerifier verifier) {
        this.keys = keys;
        this.verifier = verifier;
    }

    /// @param by the root whose keys have to have signed
    /// @param file for messages
    /// @throws TufException when too few have
    void check(TufEnvelope<?> envelope, TufMetadata.Root by, TufRole.Name name, String file) throws TufException {
        check(envelope, by.keys(), by.role(name), file);
    }

    /// @param trusted keys by their ids, those of the role among them
    /// @param file for messages
    /// @throws TufException when too few have
    void check(TufEnvelope<?> envelope, Map<String, TufKey> trusted, TufRole role, String file) throws TufException {
        Set<KeyId> signed = new HashSet<>();
        for (TufSignature signature : envelope.signatures()) {
            TufKey key = role.keyIds().contains(signature.keyId()) ? trusted.get(signature.keyId()) : null;
            if (key != null) {
                signedBy(key, envelope.canonical(), signature.signature()).ifPresent(signed::add);
            }
        }
        if (signed.size() < role.threshold()) {
            throw TufException.unsigned(file, signed.size(), role.threshold());
        }
    }

    private Optional<KeyId> signedBy(TufKey key, Bytes content, Bytes signature) {
        Optional<SignatureAlgorithm> algorithm = switch (key.scheme()) {
            case "ed25519" -> Optional.of(SignatureAlgorithm.ED25519);
            case "ecdsa-sha2-nistp256" -> Optional.of(SignatureAlgorithm.ECDSA_P256_SHA_256);
            case "ecdsa-sha2-nistp384" -> Optional.of(SignatureAlgorithm.ECDSA_P384_SHA_384);
            case "rsassa-pss-sha256" -> Optional.of(SignatureAlgorithm.RSA_PSS_SHA_256);
            default -> Optional.empty(); // others' schemes are no fault; they just don't count
        };
        if (algorithm.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        try {
            PublicKey read = read(key);
            SigningInput input = algorithm.get().prehash().isPresent()
                    ? new SigningInput.Prehashed(algorithm.get().prehash().get().digest(content))
                    : new SigningInput.Message(content);
            boolean good = algorithm.get().fits(read) && verifier.verifies(read, input, new Signature(algorithm.get(), signature));
            return good ? Optional.of(read.id()) : Optional.empty();
        } catch (PublicKeyException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private PublicKey read(TufKey key) throws PublicKeyException {
        if (key.scheme().equals("ed25519") && key.value().length() == 2 * ED25519_LENGTH) {
            return new Ed25519PublicKey(Bytes.fromHex(key.value()));
        }
        return keys.decodePem(Bytes.ofUtf8(key.value()));
    }
}
