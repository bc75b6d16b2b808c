package dev.chancery.domain.webauthn;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// How a credential was made, as a policy keeps it, and which security keys it may be on. Nothing about it is verified by being one.
///
/// @param attestationObject what the security key returned (WebAuthn L3 §6.5.4)
/// @param clientDataJson what the client said then
/// @param aaguids models that are allowed, as UUIDs in lower case; empty for any
/// @param attestationRoots certificates in DER, to one of which the attestation must lead; empty when it need not
public record Enrolment(Bytes attestationObject, Bytes clientDataJson, List<String> aaguids, List<Bytes> attestationRoots) {
    /// The longest attestation object or client data, in bytes.
    public static final int MAX_LENGTH = 64 * 1024;

    public Enrolment {
        aaguids = List.copyOf(aaguids);
        attestationRoots = List.copyOf(attestationRoots);
    }
}
