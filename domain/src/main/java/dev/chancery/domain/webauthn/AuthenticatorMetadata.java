package dev.chancery.domain.webauthn;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the FIDO metadata service, or a maker, says of a model of security keys (FIDO Metadata Statement v3, Metadata Service v3).
///
/// @param aaguid the model, a UUID in lower case
/// @param description its name, text from outside
/// @param attestationRoots certificates in DER, to one of which its attestations lead
/// @param statuses in the order of the entry, the newest last; empty in a statement by itself
public record AuthenticatorMetadata(String aaguid, String description, List<Bytes> attestationRoots, List<String> statuses) {
    private static final Set<String> ALARMS = Set.of("REVOKED", "USER_VERIFICATION_BYPASS", "ATTESTATION_KEY_COMPROMISE", "USER_KEY_REMOTE_COMPROMISE",
            "USER_KEY_PHYSICAL_COMPROMISE");

    public AuthenticatorMetadata {
        attestationRoots = List.copyOf(attestationRoots);
        statuses = List.copyOf(statuses);
    }

    /// The newest certification, such as `FIDO_CERTIFIED_L2`.
    public Optional<String> certification() {
        return statuses.reversed().stream().filter(status -> status.startsWith("FIDO_CERTIFIED")).findFirst();
    }

    /// Why the model should not be trusted (Metadata Service v3 §3.1.4, *AuthenticatorStatus*).
    public List<String> alarms() {
        return statuses.stream().filter(ALARMS::contains).distinct().toList();
    }
}
