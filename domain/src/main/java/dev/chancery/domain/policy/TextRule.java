package dev.chancery.domain.policy;

/// What a text must be: always the whole of it. Not empty.
public sealed interface TextRule {
    /// The text itself, to the character.
    record Exact(String value) implements TextRule {
        /// @throws IllegalArgumentException when it is empty
        public Exact {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("an empty text is no rule");
            }
        }
    }

    /// A regular expression in RE2's syntax that the whole text must match. Not yet compiled.
    record Regexp(String expression) implements TextRule {
        /// @throws IllegalArgumentException when it is empty
        public Regexp {
            if (expression.isEmpty()) {
                throw new IllegalArgumentException("an empty expression is no rule");
            }
        }
    }
}
