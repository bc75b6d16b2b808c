package dev.chancery.verification.policy;

import dev.chancery.verification.Evidence;

/// Evidence that is offered.
///
/// @param place what it is called in results, such as its file's name
public record Offered(String place, Evidence evidence) {}
