package dev.chancery.verification;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.ports.artifact.ArtifactSource;

/// The artifact that the evidence must be about.
public sealed interface Target {
    /// An artifact that is read to its end.
    record Content(ArtifactSource source) implements Target {}

    /// An artifact that was read already. Its digests by the algorithms that bundle and statement name must have been made, and its content kept
    /// where an algorithm takes the message.
    record Read(ArtifactContent content) implements Target {}

    /// An artifact known by its digest alone.
    record OfDigest(Digest digest) implements Target {}
}
