package dev.chancery.domain.audit;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that is written down before its result is handed out.
public sealed interface AuditEvent {
    /// When, by the program's clock; not evidence of time.
    Instant time();

    /// Who ran the program, as the operating system says; a claim, not an authenticated identity.
    String actor();

    /// A signature was made and verified, and is about to be handed out.
    ///
    /// @param purpose label of the [dev.chancery.domain.signing.SigningPurpose]
    /// @param algorithm name of the signature algorithm
    /// @param keyId lower-case hexadecimal
    /// @param keyUri the key's reference; never holds a PIN
    /// @param subjects what was signed: artifacts with their SHA-256 digests
    /// @param signature SHA-256 of the signature as the bundle carries it: finds the record of a bundle
    /// @param recoveryOrNull for a batch item, what lets a killed batch go on without signing it again
    record SignatureMade(
            Instant time, String actor, String purpose, String algorithm, String keyId, String keyUri,
            List<NamedDigest> subjects, Digest signature, @Nullable Recovery recoveryOrNull) implements AuditEvent {
        public SignatureMade {
            subjects = List.copyOf(subjects);
            Objects.requireNonNull(signature);
        }

        /// What lets a killed batch go on without signing the item again.
        public Optional<Recovery> recovery() {
            return Optional.ofNullable(recoveryOrNull);
        }
    }

    /// A batch item's signature, kept so that a bundle which wasn't written before the batch was killed can still be.
    ///
    /// @param item digest that names the item: what was to be signed, by which key, and where the bundle was to go
    /// @param place where the bundle was to go; text from outside
    /// @param signature as the bundle carries it
    record Recovery(Digest item, String place, Bytes signature) {}

    /// The key was asked for a signature and no answer came: it may have signed. Nothing was handed out, and asking again is safe, for a second
    /// signature over the same bytes says nothing that the first did not.
    ///
    /// @param purpose label of the [dev.chancery.domain.signing.SigningPurpose]
    /// @param algorithm name of the signature algorithm
    /// @param keyId lower-case hexadecimal
    /// @param keyUri the key's reference; never holds a PIN
    /// @param subjects what was to be signed
    /// @param code the error's code, which tells a lost answer from one that did not come in time
    record SignatureUnanswered(Instant time, String actor, String purpose, String algorithm, String keyId, String keyUri,
            List<NamedDigest> subjects, String code) implements AuditEvent {
        public SignatureUnanswered {
            subjects = List.copyOf(subjects);
        }
    }

    /// A key's reference means a new version from now on.
    ///
    /// @param keyId of the new version, lower-case hexadecimal
    /// @param keyUri the new version's own reference
    /// @param previousKeyId of the version before; empty where the back end didn't tell it
    record KeyRotated(Instant time, String actor, String keyId, String keyUri, String previousKeyId) implements AuditEvent {}

    /// A key was generated.
    record KeyGenerated(Instant time, String actor, String keyId, String keyUri, String kind) implements AuditEvent {}

    /// A key whose uses count is about to be asked for a batch item's signature, or it was asked and certainly did not sign. An intention
    /// that neither this nor a signature follows may have been carried out: it is not repeated.
    ///
    /// @param item digest that names the item, as in [Recovery]
    record SignatureAttempt(Instant time, String actor, String keyId, String keyUri, Digest item, Progress progress) implements AuditEvent {
        /// How far it has come.
        public enum Progress {
            INTENDED,
            NOT_MADE
        }
    }

    /// A key is about to be destroyed, or was: two records, so that neither a lost answer nor a full disk leaves a destroyed key without one.
    /// An intention without its end may or may not have come to pass.
    ///
    /// @param keyId the id that was confirmed, lower-case hexadecimal
    /// @param keyUri the reference as it was given
    record KeyDestruction(Instant time, String actor, String keyId, String keyUri, Step step) implements AuditEvent {
        /// How far it has come.
        public enum Step {
            INTENDED,
            DONE
        }
    }

    /// An artifact's name, which may be empty, and its digest.
    record NamedDigest(String name, Digest digest) {}
}
