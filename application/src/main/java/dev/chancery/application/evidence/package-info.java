/// Signing with evidence: certificates for identities, transparency logs and timestamps.
///
/// The order is: choose the services, read the artifact, have the key certified and the certificate verified, sign (through the one signing
/// path, whose record is durable before anything leaves the machine), collect timestamps and log entries, verifying each, verify the whole
/// as any verifier would, hand out. When a service fails after the signature was made, the signature is kept as a [PendingSignature].
@NullMarked
package dev.chancery.application.evidence;

import org.jspecify.annotations.NullMarked;
