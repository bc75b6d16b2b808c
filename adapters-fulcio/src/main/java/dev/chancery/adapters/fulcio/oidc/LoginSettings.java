package dev.chancery.adapters.fulcio.oidc;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.identity.IdentityException;
import java.util.function.Consumer;

/// With whom to log in, and how to speak with the person who does.
///
/// @param issuer of OpenID Connect: a URL
/// @param clientId by which the issuer knows this program
/// @param speak gets lines for the person
public record LoginSettings(String issuer, String clientId, Consumer<String> speak) {
    static final String SCOPE = "openid email";

    void say(String line) {
        speak.accept(line);
    }

    void waiting() {
        // The person is still at it; there is nothing new to say.
    }

    static IdentityException refused(String provider, String why) {
        return new IdentityException(new Problem(ErrorCode.LOGIN_REFUSED, provider + " gave no identity token; nothing was signed", why,
                "log in again, and allow what is asked"), null);
    }
}
