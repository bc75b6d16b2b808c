package dev.chancery.domain.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that must be there.
public sealed interface Demand {
    /// Whose signatures are wanted: a role of the policy.
    String role();

    /// Signatures over the artifact itself.
    record Signature(String role) implements Demand {}

    /// Signed statements about the artifact.
    ///
    /// @param predicateType which statements, to the character; not empty
    /// @param conditions what their predicate must fulfil, all of them
    /// @param maximumAgeOrNull how old the evidence of time may be at most; nothing when age doesn't matter
    record Attestation(String role, String predicateType, List<Condition> conditions, @Nullable Duration maximumAgeOrNull) implements Demand {
        /// The most conditions.
        public static final int MAX_CONDITIONS = 100;

        /// @throws IllegalArgumentException when there is no predicate type, too many conditions or an age that isn't positive
        public Attestation {
            conditions = List.copyOf(conditions);
            if (predicateType.isEmpty() || conditions.size() > MAX_CONDITIONS
                    || maximumAgeOrNull != null && (maximumAgeOrNull.isNegative() || maximumAgeOrNull.isZero())) {
                throw new IllegalArgumentException("an attestation has a type, at most " + MAX_CONDITIONS + " conditions and a positive age");
            }
        }

        /// How old the evidence of time may be at most.
        public Optional<Duration> maximumAge() {
            return Optional.ofNullable(maximumAgeOrNull);
        }
    }

    /// A condition on a predicate.
    ///
    /// @param name by which findings call it
    /// @param expression in CEL, over `predicate`, `predicateType` and `subject`; its value must be `true`. Not yet compiled
    record Condition(String name, String expression) {
        /// The longest expression, in characters.
        public static final int MAX_LENGTH = 10_000;

        /// @throws IllegalArgumentException when one is empty, or the expression too long
        public Condition {
            if (name.isEmpty() || expression.isBlank() || expression.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("a condition has a name and an expression");
            }
        }
    }
}
