package dev.chancery.architecture.planted.domain.right;

import dev.chancery.architecture.planted.domain.left.Left;
import org.jspecify.annotations.Nullable;

public record Right(@Nullable Left left) {
}
