package dev.chancery.domain.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One rule for usual, and others for named environments, each of which stands for itself.
///
/// @param usual where no environment is named, or none has a rule of its own
/// @param environments by name, in the order of the file
public record Section<T>(T usual, Map<String, T> environments) {
    /// The most environments.
    public static final int MAX_ENVIRONMENTS = 100;

    public Section {
        environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
    }

    /// The rule for an environment. Where some have rules of their own, one that isn't among them has none: a slip of the pen must not lead to a
    /// looser rule.
    public Optional<T> in(String environment) {
        return environments.isEmpty() ? Optional.of(usual) : Optional.ofNullable(environments.get(environment));
    }
}
