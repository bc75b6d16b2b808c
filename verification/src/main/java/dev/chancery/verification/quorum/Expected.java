package dev.chancery.verification.quorum;

import dev.chancery.verification.Requirements;
import dev.chancery.verification.Trust;

/// Somebody whose signature is expected.
///
/// @param name for messages
/// @param trust the signer's key
/// @param requirements what evidence the signature needs beside itself
public record Expected(String name, Trust.Key trust, Requirements requirements) {}
