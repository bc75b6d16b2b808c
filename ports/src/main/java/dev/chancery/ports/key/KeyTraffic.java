package dev.chancery.ports.key;

import java.time.Duration;

/// How often a key's service was asked so far, by this process.
///
/// @param requests all that were sent, repeated ones too
/// @param refused those that the service did not take because there were too many, and that were made again or given up
/// @param waited how long requests were held back for that, and for a stated rate, added up over all callers
public record KeyTraffic(long requests, long refused, Duration waited) {}
