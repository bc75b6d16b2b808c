package dev.chancery.domain.key;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key as a back end describes it.
///
/// @param uri the reference that names exactly this key, without a PIN source
/// @param label the name people gave it; may be empty; text from outside
/// @param expectedKeyOrNull the public half and where it was read, when the back end could tell
/// @param facts what else there is to know (`sensitive: yes`), in the order to show it
public record KeyDescription(String uri, String label, @Nullable ExpectedKey expectedKeyOrNull, List<Fact> facts) {
    public KeyDescription {
        facts = List.copyOf(facts);
    }

    /// The public half, when the back end could tell.
    public Optional<ExpectedKey> expectedKey() {
        return Optional.ofNullable(expectedKeyOrNull);
    }

    /// One property of a key: a name in lower camel case, as JSON shows it, and a value.
    public record Fact(String name, String value) {}
}
