package dev.chancery.verification;

import java.time.Instant;

/// A time at which a signature verifiably existed.
///
/// @param giver who says so: for counting
/// @param source who says so: for people
record ProvenTime(Instant time, String giver, String source) {}
