package dev.chancery.domain.pipeline;

import dev.chancery.domain.digest.Digest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A project's file that was read.
///
/// @param digest of the file, by which a verdict names what decided
/// @param signingOrNull null when the file has no such section
/// @param verificationOrNull null when the file has no such section
public record PipelineConfiguration(Digest digest, @Nullable Section<SigningRule> signingOrNull, @Nullable Section<VerificationRule> verificationOrNull) {
    /// The largest file that is read, in bytes.
    public static final int MAX_LENGTH = 512 * 1024;

    /// How artifacts are signed.
    public Optional<Section<SigningRule>> signing() {
        return Optional.ofNullable(signingOrNull);
    }

    /// How artifacts are verified.
    public Optional<Section<VerificationRule>> verification() {
        return Optional.ofNullable(verificationOrNull);
    }
}
