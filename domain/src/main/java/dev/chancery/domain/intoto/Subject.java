package dev.chancery.domain.intoto;

import java.util.Map;
import java.util.TreeMap;

/// An artifact that a statement is about (attestation spec v1, resource_descriptor.md).
///
/// @param name may be empty; text from outside when the statement was read
/// @param digests the DigestSet: algorithm name to lower-case hexadecimal, not empty; names this program doesn't know are kept
public record Subject(String name, Map<String, String> digests) {
    /// @throws IllegalArgumentException when there is no digest: a subject without one names nothing
    public Subject {
        if (digests.isEmpty()) {
            throw new IllegalArgumentException("a subject without a digest names nothing");
        }
        digests = java.util.Collections.unmodifiableMap(new TreeMap<>(digests));
    }
}
