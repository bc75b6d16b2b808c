package dev.chancery.verification;

import dev.chancery.domain.certificate.FulcioClaim;
import dev.chancery.domain.certificate.SigningCertificate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// Whose certificate is trusted.
///
/// @param name what one of the certificate's subject alternative names must be
/// @param issuer what the issuer of the identity must be: a name means nothing without who vouches for it
/// @param claims what further claims must be; a claim that the certificate doesn't make is a mismatch
public record IdentityPolicy(TextMatch name, TextMatch issuer, Map<FulcioClaim, TextMatch> claims) {
    public IdentityPolicy {
        Map<FulcioClaim, TextMatch> sorted = new EnumMap<>(FulcioClaim.class);
        sorted.putAll(claims);
        claims = Collections.unmodifiableMap(sorted);
    }

    /// Whether a certificate is for this identity. It says nothing about who issued the certificate.
    public boolean matches(SigningCertificate certificate) {
        try {
            IdentityStep.check(certificate, this, new Findings());
            return true;
        } catch (Stop _) {
            return false;
        }
    }

    /// With no further claims.
    public IdentityPolicy(TextMatch name, TextMatch issuer) {
        this(name, issuer, Map.of());
    }
}
