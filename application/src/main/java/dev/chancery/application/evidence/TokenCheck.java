package dev.chancery.application.evidence;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.identity.IdentityToken;
import java.time.Duration;
import java.time.Instant;

/// Looks at a token before it is sent anywhere: one for another audience is not this authority's to see.
public final class TokenCheck {
    /// How far the issuer's clock may be ahead.
    static final Duration CLOCKS_AGREE = Duration.ofSeconds(60);

    private TokenCheck() {}

    /// Refuses a token that is for someone else, or not valid now.
    ///
    /// @throws EvidenceException.BeforeSigning when it is
    public static void check(IdentityToken token, String audience, Instant now) throws EvidenceException.BeforeSigning {
        IdentityToken.Claims claims = token.claims();
        if (!claims.audiences().contains(audience)) {
            throw refused(ErrorCode.IDENTITY_TOKEN_AUDIENCE, "expected a token for \"" + audience + "\", found one for "
                    + claims.audiences(), "request it for the audience " + audience + ", or name the one the authority wants with --oidc-audience");
        }
        if (!now.isBefore(claims.expiresAt())) {
            throw refused(ErrorCode.IDENTITY_TOKEN_EXPIRED, "the token expired at " + claims.expiresAt() + "; by this machine's clock it is " + now,
                    "get the token just before signing; if it is fresh, check the clock");
        }
        if (claims.issuedAt().isAfter(now.plus(CLOCKS_AGREE))) {
            throw refused(ErrorCode.IDENTITY_TOKEN_EXPIRED, "the token was issued at " + claims.issuedAt() + ", in the future; by this machine's clock it is "
                    + now, "set this machine's clock");
        }
    }

    private static EvidenceException.BeforeSigning refused(ErrorCode code, String why, String remedy) {
        return new EvidenceException.BeforeSigning(new Problem(code, "the identity token was not used; nothing was signed", why, remedy), null);
    }
}
