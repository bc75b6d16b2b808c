package dev.chancery.domain.oci;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;

/// The bytes of a manifest or index with their media type. The digest is always that of the bytes.
///
/// @param content at most [#MAX_LENGTH]
public record StoredManifest(String mediaType, Digest digest, Bytes content) {
    /// The longest manifest that is read or written, in bytes (distribution spec, *Pushing Manifests*).
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    /// @throws IllegalArgumentException when the digest isn't that of the content
    public StoredManifest {
        if (!digest.algorithm().digest(content).equals(digest)) {
            throw new IllegalArgumentException("the digest is another content's");
        }
    }

    /// With its SHA-256 digest.
    public static StoredManifest of(String mediaType, Bytes content) {
        return new StoredManifest(mediaType, HashAlgorithm.SHA_256.digest(content), content);
    }

    /// A pointer to it.
    public Descriptor descriptor() {
        return new Descriptor(mediaType, digest, content.size());
    }
}
