package dev.chancery.verification;

import dev.chancery.domain.policy.RevocationDemand;
import dev.chancery.ports.certificate.RevocationSource;

/// Whether certificates must be shown not to be revoked.
///
/// @param source where that is to be learnt
public record Revocation(RevocationDemand demand, RevocationSource source) {
    /// Nobody looks.
    public static final Revocation OFF = new Revocation(RevocationDemand.OFF, RevocationSource.NONE);
}
