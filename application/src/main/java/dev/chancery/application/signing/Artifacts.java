package dev.chancery.application.signing;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.artifact.ArtifactSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/// Reads artifacts for signing.
final class Artifacts {
    private Artifacts() {}

    /// Reads an artifact once, with what the algorithm needs of it.
    static ArtifactContent read(ArtifactSource artifact, SignatureAlgorithm algorithm) throws SigningException.ArtifactUnreadable {
        try (InputStream in = artifact.open()) {
            return algorithm.prehash().isPresent()
                    ? ArtifactContent.digest(in, Set.of(algorithm.messageDigestAlgorithm()))
                    : ArtifactContent.keep(in, Set.of(algorithm.messageDigestAlgorithm()));
        } catch (IOException e) {
            throw unreadable(artifact, e);
        }
    }

    /// Reads an artifact once for its digests.
    static ArtifactContent digest(ArtifactSource artifact) throws SigningException.ArtifactUnreadable {
        try (InputStream in = artifact.open()) {
            return ArtifactContent.digest(in, Set.of());
        } catch (IOException e) {
            throw unreadable(artifact, e);
        }
    }

    private static SigningException.ArtifactUnreadable unreadable(ArtifactSource artifact, IOException e) {
        String why = switch (e) {
            case java.nio.file.NoSuchFileException _ -> "there is no such file";
            case java.nio.file.AccessDeniedException _ -> "permission is denied";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
        return new SigningException.ArtifactUnreadable(new Problem(ErrorCode.INPUT_UNREADABLE,
                "the artifact " + artifact.name() + " cannot be read", why, "check its path and permissions; nothing was signed"), e);
    }
}
