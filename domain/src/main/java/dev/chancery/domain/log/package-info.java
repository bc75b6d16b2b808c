/// Transparency logs as values: entries with their promises and proofs, checkpoints, signed notes. Nothing here is verified by being
/// one of them.
@NullMarked
package dev.chancery.domain.log;

import org.jspecify.annotations.NullMarked;
