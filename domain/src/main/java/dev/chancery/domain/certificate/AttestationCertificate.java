package dev.chancery.domain.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the certificate by which a security key attests says (WebAuthn L3 §8.2.1).
///
/// @param publicKey the attestation key
/// @param version 1 to 3
/// @param subject its attributes by their object identifiers, as texts
/// @param authority whether it is an authority's (basic constraints)
/// @param aaguidOrNull the model that the extension 1.3.6.1.4.1.45724.1.1.4 names; null when there is none
/// @param aaguidCritical whether that extension is critical, which it must not be
public record AttestationCertificate(PublicKey publicKey, int version, Map<String, List<String>> subject, boolean authority, @Nullable Bytes aaguidOrNull,
        boolean aaguidCritical) {
    public AttestationCertificate {
        subject = Map.copyOf(subject);
    }

    /// The model that it is for.
    public Optional<Bytes> aaguid() {
        return Optional.ofNullable(aaguidOrNull);
    }
}
