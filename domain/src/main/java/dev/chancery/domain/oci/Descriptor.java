package dev.chancery.domain.oci;

import dev.chancery.domain.digest.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Points to content by its digest (image spec, descriptor.md). What it says of the content is a claim until the content was read.
///
/// @param size of the content, in bytes
/// @param artifactTypeOrNull what kind of artifact a manifest is
public record Descriptor(
        String mediaType, Digest digest, long size, @Nullable String artifactTypeOrNull, Map<String, String> annotations) {
    /// @throws IllegalArgumentException when the size is negative
    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("a size is not negative");
        }
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    /// Without artifact type and annotations.
    public Descriptor(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, null, Map.of());
    }

    /// What kind of artifact a manifest is.
    public Optional<String> artifactType() {
        return Optional.ofNullable(artifactTypeOrNull);
    }

    /// Whether it is of the kinds that list or name other content.
    public boolean isManifest() {
        return MediaTypes.MANIFESTS.contains(mediaType);
    }

    /// The same content, with other annotations.
    public Descriptor with(Map<String, String> others) {
        return new Descriptor(mediaType, digest, size, artifactTypeOrNull, others);
    }
}
