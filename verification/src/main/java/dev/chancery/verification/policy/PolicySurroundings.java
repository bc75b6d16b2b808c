package dev.chancery.verification.policy;

import dev.chancery.domain.keyring.Keyring;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.ports.certificate.RevocationSource;
import org.jspecify.annotations.Nullable;

/// What goes with a policy: it names nothing itself.
///
/// @param rootOrNull the authorities and logs that the user trusts; null when none is given
/// @param keyringOrNull the keys whose entries the policy may name; null when none is given
/// @param revocations where it is to be learnt whether certificates are revoked, if the policy wants to know
public record PolicySurroundings(@Nullable TrustedRoot rootOrNull, @Nullable Keyring keyringOrNull, RevocationSource revocations) {}
