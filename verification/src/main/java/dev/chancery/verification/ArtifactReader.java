package dev.chancery.verification;

import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.signing.ArtifactContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;

/// Reads an artifact once, to its end.
final class ArtifactReader {
    private ArtifactReader() {}

    /// @param keep whether the content itself is wanted, as far as it is no longer than
    ///     [dev.chancery.domain.signing.SigningInput#MAX_MESSAGE]
    static ArtifactContent read(Target target, Set<HashAlgorithm> algorithms, boolean keep) throws Stop {
        return switch (target) {
            case Target.Read(ArtifactContent content) -> content;
            case Target.Content content -> read(content, algorithms, keep);
            case Target.OfDigest _ -> throw new IllegalArgumentException("a digest has no content to read");
        };
    }

    private static ArtifactContent read(Target.Content target, Set<HashAlgorithm> algorithms, boolean keep) throws Stop {
        try (InputStream in = target.source().open()) {
            return keep ? ArtifactContent.keep(in, algorithms) : ArtifactContent.digest(in, algorithms);
        } catch (IOException e) {
            throw unreadable(target, e);
        }
    }

    private static Stop unreadable(Target.Content target, IOException e) {
        String why = switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission is denied";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
        return Stop.artifactUnreadable(new Problem(ErrorCode.INPUT_UNREADABLE,
                "the artifact " + target.source().name() + " cannot be read", why, "check its path and permissions; nothing was verified"));
    }
}
