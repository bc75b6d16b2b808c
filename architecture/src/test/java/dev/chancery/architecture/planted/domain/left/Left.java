package dev.chancery.architecture.planted.domain.left;

import dev.chancery.architecture.planted.domain.right.Right;

public record Left(Right right) {
}
