/// Keys in AWS KMS, through the AWS SDK (AWS Key Management Service API Reference).
///
/// An alias is followed once, when the key is opened; requests name the key itself, and an answer for another key is thrown away.
/// Digests are signed with `MessageType=DIGEST`. ML-DSA messages go as their 64-byte μ (FIPS 204 §6.2), which keeps any length
/// below the service's 4096 bytes; pure Ed25519 has no such form.
@NullMarked
package dev.chancery.adapters.kms.aws;

import org.jspecify.annotations.NullMarked;
