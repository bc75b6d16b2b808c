package dev.chancery.domain.tuf;

import java.util.List;
import java.util.Optional;

/// Who signs one kind of metadata.
///
/// @param keyIds of keys that may
/// @param threshold how many of them have to, at least 1
public record TufRole(List<String> keyIds, int threshold) {
    /// @throws IllegalArgumentException when the threshold isn't positive
    public TufRole {
        keyIds = List.copyOf(keyIds);
        if (threshold < 1) {
            throw new IllegalArgumentException("a threshold is at least 1");
        }
    }

    /// The top-level roles (§2.1).
    public enum Name {
        ROOT("root"),
        TIMESTAMP("timestamp"),
        SNAPSHOT("snapshot"),
        TARGETS("targets");

        private final String text;

        Name(String text) {
            this.text = text;
        }

        /// As metadata has it: `_type` and file name.
        public String text() {
            return text;
        }

        /// The role of that name.
        public static Optional<Name> of(String text) {
            for (Name name : values()) {
                if (name.text.equals(text)) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        }
    }
}
