package dev.chancery.architecture.planted.ports;

import dev.chancery.architecture.planted.domain.Value;

/// Breaks no rule.
public interface Port {
    Value value();
}
