package dev.chancery.adapters.oci.http;

import dev.chancery.adapters.oci.auth.Challenge;
import dev.chancery.adapters.oci.auth.Credential;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Gets tokens from the service that a registry names (distribution, docs/spec/auth/token.md and oauth.md), and keeps them while they are
/// valid. Thread-safe.
final class TokenService {
    private static final int MAX_LENGTH = 1024 * 1024;
    private static final int USUAL_SECONDS = 60;
    private static final int EARLY_SECONDS = 10;

    private final Transport transport;
    private final Timing timing;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    TokenService(Transport transport, Timing timing) {
        this.transport = transport;
        this.timing = timing;
    }

    /// The header's value and how long it serves; no record, so that it is never printed.
    private static final class Token {
        private final String header;
        private final Instant until;

        Token(String header, Instant until) {
            this.header = header;
            this.until = until;
        }
    }

    /// The `Authorization` header of a token that is still valid.
    Optional<String> known(String scope) {
        return Optional.ofNullable(tokens.get(scope)).filter(token -> timing.clock().instant().isBefore(token.until)).map(token -> token.header);
    }

    void forget(String scope) {
        tokens.remove(scope);
    }

    /// Gets a token and keeps it under the call's scope.
    ///
    /// @throws RegistryException when none is given
    String fetch(Call call, Challenge challenge, @Nullable Credential credential) throws RegistryException {
        Call request = request(call, challenge, credential);
        String authorization = credential instanceof Credential.Password password ? password.basic() : null;
        try (Answer answer = transport.send(request, authorization)) {
            if (answer.status() != 200) {
                RegistryException refused = Failures.status(request, answer);
                throw switch (answer.status()) {
                    case 429, 500, 502, 503, 504 -> refused;
                    default -> new RegistryException.Denied(new Problem(ErrorCode.REGISTRY_UNAUTHORIZED,
                            call.description() + " was refused", "the token service gives no token: " + refused.problem().why(),
                            "log in to this registry, or name the file with the login by --registry-config FILE"), refused);
                };
            }
            return keep(call.scope(), answer.bytes(MAX_LENGTH), request);
        } catch (IOException e) {
            throw Failures.broken(request, e);
        }
    }

    private String keep(String scope, Bytes body, Call request) throws RegistryException {
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(body, MAX_LENGTH), "");
            Optional<String> token = fields.text("token").filter(text -> !text.isEmpty())
                    .or(() -> Optional.empty());
            String value = token.isPresent() ? token.get() : fields.requiredText("access_token");
            long seconds = fields.int64("expires_in");
            if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw Failures.unsound(request, "expected a token, found a text with other characters", null);
            }
            Duration lasts = Duration.ofSeconds(Math.max(1, (seconds <= 0 ? USUAL_SECONDS : Math.min(seconds, 86_400)) - EARLY_SECONDS));
            String header = "Bearer " + value;
            tokens.put(scope, new Token(header, timing.clock().instant().plus(lasts)));
            return header;
        } catch (FormatException e) {
            throw Failures.unsound(request, "expected a token, found something else", null);
        }
    }

    private static Call request(Call call, Challenge challenge, @Nullable Credential credential) throws RegistryException {
        URI realm = realm(call, challenge);
        String scope = challenge.parameter("scope").orElse(call.scope());
        String service = challenge.parameter("service").orElse("");
        if (credential instanceof Credential.IdentityToken identity) {
            String form = "grant_type=refresh_token&client_id=chancery&service=" + encoded(service) + "&scope=" + encoded(scope)
                    + "&refresh_token=" + encoded(identity.refreshToken());
            return new Call("POST", realm, scope, Map.of("Content-Type", "application/x-www-form-urlencoded"), Bytes.ofUtf8(form), true);
        }
        String query = (service.isEmpty() ? "" : "service=" + encoded(service) + "&") + "scope=" + encoded(scope);
        String separator = realm.getRawQuery() == null ? "?" : "&";
        return Call.get(URI.create(realm + separator + query), scope, Map.of());
    }

    /// The service's address. A registry behind TLS can't send its clients' passwords over plain HTTP.
    private static URI realm(Call call, Challenge challenge) throws RegistryException {
        String realm = challenge.parameter("realm").orElse("");
        try {
            URI uri = new URI(realm);
            boolean plain = "http".equals(uri.getScheme());
            if (uri.getHost() == null || uri.getRawFragment() != null || !plain && !"https".equals(uri.getScheme())) {
                throw Failures.unsound(call, "the token service's address is none: " + realm, null);
            }
            if (plain && "https".equals(call.uri().getScheme())) {
                throw new RegistryException.Unsound(new Problem(ErrorCode.REGISTRY_ANSWER_UNSOUND, "no credentials were sent to " + uri.getRawAuthority(),
                        "the registry speaks HTTPS and names a token service that speaks plain HTTP", "have the token service speak HTTPS"), null);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw Failures.unsound(call, "the token service's address is none: " + realm, e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
