package dev.chancery.verification;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;

/// What a text must be. Always the whole of it.
public sealed interface TextMatch {
    /// Whether the text is as wanted.
    boolean accepts(String text);

    /// What is wanted, for messages.
    String description();

    /// Why a text that isn't accepted came near, as `; …`; empty when it didn't.
    String nearness(String text);

    /// The text itself, to the character.
    record Exact(String value) implements TextMatch {
        @Override
        public boolean accepts(String text) {
            return value.equals(text);
        }

        @Override
        public String description() {
            return "\"" + value + "\"";
        }

        @Override
        public String nearness(String text) {
            if (text.equalsIgnoreCase(value)) {
                return "; they differ in upper and lower case only";
            }
            return text.strip().equals(value.strip()) || (text + "/").equals(value) || text.equals(value + "/")
                    ? "; they differ at the end only"
                    : "";
        }
    }

    /// A regular expression in RE2's syntax, which takes time in proportion to the text (github.com/google/re2/wiki/Syntax), over the
    /// whole text.
    final class Regexp implements TextMatch {
        private final Pattern pattern;

        private Regexp(Pattern pattern) {
            this.pattern = pattern;
        }

        /// Compiles an expression.
        ///
        /// @throws IllegalArgumentException when it isn't one; the message says why
        public static Regexp compile(String expression) {
            try {
                return new Regexp(Pattern.compile(expression));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(e.getDescription() + ": " + e.getPattern(), e);
            }
        }

        @Override
        public boolean accepts(String text) {
            return pattern.matches(text);
        }

        @Override
        public String description() {
            return "a whole match of /" + pattern.pattern() + "/";
        }

        @Override
        public String nearness(String text) {
            return pattern.matcher(text).find()
                    ? "; the expression matches only a part of it, which cosign would accept: write .* around it if that is meant"
                    : "";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Regexp that && pattern.pattern().equals(that.pattern.pattern());
        }

        @Override
        public int hashCode() {
            return Objects.hash(pattern.pattern());
        }

        @Override
        public String toString() {
            return "Regexp[" + pattern.pattern() + "]";
        }
    }
}
