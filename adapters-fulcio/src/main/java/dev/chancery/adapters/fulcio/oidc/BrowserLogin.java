package dev.chancery.adapters.fulcio.oidc;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.identity.IdentityException;
import dev.chancery.ports.identity.IdentitySource;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The browser flow: the person logs in with a browser on this machine, which then brings a code to a port of this program's own
/// (RFC 8252 §7.3). State, nonce and proof key tie the answer to this one login.
public final class BrowserLogin implements IdentitySource {
    /// How long the person has.
    public static final Duration LOGIN_WITHIN = Duration.ofMinutes(5);

    private final ServiceHttp http;
    private final SecureRandom random;
    private final LoginSettings settings;
    private final Consumer<URI> browser;

    /// @param browser opens a page; when it can't, the person reads its address in a line of text
    public BrowserLogin(ServiceHttp http, SecureRandom random, LoginSettings settings, Consumer<URI> browser) {
        this.http = http;
        this.random = random;
        this.settings = settings;
        this.browser = browser;
    }

    @Override
    public Optional<String> token(String audience, Duration budget) throws IdentityException {
        OidcIssuer issuer = OidcIssuer.discover(http, settings.issuer(), budget);
        ProofKey proof = new ProofKey(random);
        String state = ProofKey.random(random);
        String nonce = ProofKey.random(random);
        try (LoopbackRedirect redirect = LoopbackRedirect.open()) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("response_type", "code");
            query.put("client_id", settings.clientId());
            query.put("redirect_uri", redirect.uri());
            query.put("scope", LoginSettings.SCOPE);
            query.put("state", state);
            query.put("nonce", nonce);
            query.put("code_challenge", proof.challenge());
            query.put("code_challenge_method", "S256");
            String page = issuer.authorizationEndpoint().toString();
            URI uri = URI.create(page + (page.contains("?") ? "&" : "?") + TokenRequests.encoded(query));
            settings.say("log in with the browser: " + uri);
            browser.accept(uri);
            String code = redirect.code(state, issuer, LOGIN_WITHIN);
            return Optional.of(exchanged(issuer, code, redirect.uri(), proof, nonce, budget));
        }
    }

    private String exchanged(OidcIssuer issuer, String code, String redirectUri, ProofKey proof, String nonce, Duration budget) throws IdentityException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("client_id", settings.clientId());
        form.put("code_verifier", proof.verifier());
        Answer answer = TokenRequests.ask(http, TokenRequests.form(issuer.name(), issuer.tokenEndpoint(), form), budget);
        if (!answer.isSuccess()) {
            throw LoginSettings.refused(issuer.name(), "HTTP status " + answer.status() + TokenRequests.words(answer));
        }
        String token = TokenRequests.text(issuer.name(), TokenRequests.object(issuer.name(), answer), "id_token");
        if (!nonce.equals(nonceOf(token))) { // OpenID Connect Core 1.0 §3.1.3.7
            throw TokenRequests.failed(issuer.name(), "the token is not of this login: its nonce is another");
        }
        return token;
    }

    private static String nonceOf(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            Bytes payload = parts.length == 3 ? Bytes.copyOf(Base64.getUrlDecoder().decode(parts[1])) : Bytes.empty();
            return JsonFields.of(StrictJson.parse(payload, TokenRequests.MAX_ANSWER), "").text("nonce").orElse("");
        } catch (FormatException | IllegalArgumentException e) {
            return "";
        }
    }
}
