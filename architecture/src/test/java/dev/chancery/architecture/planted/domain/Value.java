package dev.chancery.architecture.planted.domain;

/// Breaks no rule: what the others may see.
public record Value(int number) {
}
