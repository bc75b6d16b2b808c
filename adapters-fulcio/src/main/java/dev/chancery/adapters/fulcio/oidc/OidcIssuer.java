package dev.chancery.adapters.fulcio.oidc;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.ports.identity.IdentityException;
import dev.chancery.ports.sigstore.ServiceException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// An OpenID Connect issuer, as it describes itself (OpenID Connect Discovery 1.0 §4).
///
/// @param name for messages
/// @param deviceEndpointOrNull where the device flow begins; null when the issuer has none
record OidcIssuer(String name, String issuer, URI authorizationEndpoint, URI tokenEndpoint, @org.jspecify.annotations.Nullable URI deviceEndpointOrNull) {
    static OidcIssuer discover(ServiceHttp http, String issuer, Duration budget) throws IdentityException {
        String name = "the identity provider " + issuer;
        URI base = endpoint(name, issuer);
        Answer answer = TokenRequests.ask(http, Ask.get(name, Urls.below(base, ".well-known/openid-configuration"), "application/json",
                TokenRequests.MAX_ANSWER), budget);
        JsonFields fields = TokenRequests.object(name, answer);
        String says = TokenRequests.text(name, fields, "issuer");
        if (!says.equals(issuer)) { // §4.3
            throw TokenRequests.failed(name, "it says of itself that it is " + says);
        }
        try {
            Optional<String> device = fields.text("device_authorization_endpoint");
            return new OidcIssuer(name, issuer, endpoint(name, TokenRequests.text(name, fields, "authorization_endpoint")),
                    endpoint(name, TokenRequests.text(name, fields, "token_endpoint")), device.isPresent() ? endpoint(name, device.get()) : null);
        } catch (FormatException e) {
            throw TokenRequests.failed(name, e.problem().why());
        }
    }

    private static URI endpoint(String name, String url) throws IdentityException {
        try {
            return Urls.forSecrets(url, name);
        } catch (ServiceException e) {
            throw TokenRequests.failed(name, e.problem().why());
        }
    }
}
