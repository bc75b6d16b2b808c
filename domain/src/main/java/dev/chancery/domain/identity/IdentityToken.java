package dev.chancery.domain.identity;

import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.domain.signing.ProofSubject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// An OpenID Connect identity token (OpenID Connect Core 1.0 §2), with what it says about itself. Its signature was not verified: that is
/// for the authority it is shown to. Whoever has the token can act as its subject until it expires, so nothing prints it.
public final class IdentityToken {
    private final Claims claims;
    private final String compact;

    /// @param compact the token as it travels (RFC 7515 §3.1)
    public IdentityToken(Claims claims, String compact) {
        this.claims = claims;
        this.compact = compact;
    }

    /// What the token says.
    public Claims claims() {
        return claims;
    }

    /// The token as it travels.
    public String compact(SecretAccess access) {
        Objects.requireNonNull(access);
        return compact;
    }

    /// Whose token it is; never the token.
    @Override
    public String toString() {
        return "IdentityToken of " + claims.subject().text() + " by " + claims.issuer();
    }

    /// What an identity token says.
    ///
    /// @param issuer `iss`: who vouches for the subject
    /// @param subject whom it is for: the verified `email` where there is one, else `sub`
    /// @param email whether the subject is an e-mail address
    /// @param audiences `aud`: to whom it may be shown
    /// @param issuedAt `iat`; the epoch when absent
    /// @param expiresAt `exp`
    public record Claims(
            String issuer, ProofSubject subject, boolean email, List<String> audiences, Instant issuedAt, Instant expiresAt) {
        public Claims {
            audiences = List.copyOf(audiences);
        }
    }
}
