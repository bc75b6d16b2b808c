package dev.chancery.adapters.fulcio.oidc;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Pause;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.identity.IdentityException;
import dev.chancery.ports.identity.IdentitySource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The device flow (RFC 8628): the person logs in with a browser elsewhere, and types a code there.
public final class DeviceLogin implements IdentitySource {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final Duration SLOWER = Duration.ofSeconds(5); // §3.5

    private final ServiceHttp http;
    private final Pause pause;
    private final SecureRandom random;
    private final LoginSettings settings;

    /// @param pause between two looks whether the person is done
    public DeviceLogin(ServiceHttp http, Pause pause, SecureRandom random, LoginSettings settings) {
        this.http = http;
        this.pause = pause;
        this.random = random;
        this.settings = settings;
    }

    @Override
    public Optional<String> token(String audience, Duration budget) throws IdentityException {
        OidcIssuer issuer = OidcIssuer.discover(http, settings.issuer(), budget);
        if (issuer.deviceEndpointOrNull() == null) {
            throw TokenRequests.failed(issuer.name(), "it has no device flow");
        }
        ProofKey proof = new ProofKey(random);
        JsonFields begun = TokenRequests.object(issuer.name(), TokenRequests.ask(http, TokenRequests.form(issuer.name(), issuer.deviceEndpointOrNull(),
                ordered("client_id", settings.clientId(), "scope", LoginSettings.SCOPE, "code_challenge", proof.challenge(), "code_challenge_method", "S256")),
                budget));
        String deviceCode = TokenRequests.text(issuer.name(), begun, "device_code");
        String userCode = TokenRequests.text(issuer.name(), begun, "user_code");
        String place = TokenRequests.text(issuer.name(), begun, "verification_uri");
        settings.say("open " + place + " and enter the code " + userCode);
        Duration interval = seconds(issuer, begun, "interval", 5, 60);
        Duration expires = seconds(issuer, begun, "expires_in", 300, 1800);
        return Optional.of(poll(issuer, ordered("grant_type", GRANT, "device_code", deviceCode, "client_id", settings.clientId(), "code_verifier",
                proof.verifier()), interval, expires, budget));
    }

    private String poll(OidcIssuer issuer, Map<String, String> request, Duration firstInterval, Duration expires, Duration budget) throws IdentityException {
        Duration interval = firstInterval;
        for (Duration waited = Duration.ZERO; waited.compareTo(expires) < 0; waited = waited.plus(interval)) {
            waitFor(interval);
            Answer answer = TokenRequests.ask(http, TokenRequests.form(issuer.name(), issuer.tokenEndpoint(), request), budget);
            if (answer.isSuccess()) {
                return TokenRequests.text(issuer.name(), TokenRequests.object(issuer.name(), answer), "id_token");
            }
            switch (error(answer)) {
                case "authorization_pending" -> settings.waiting();
                case "slow_down" -> interval = interval.plus(SLOWER);
                default -> throw LoginSettings.refused(issuer.name(), "HTTP status " + answer.status() + TokenRequests.words(answer));
            }
        }
        throw new IdentityException(new Problem(ErrorCode.LOGIN_TIMED_OUT, "nobody logged in; nothing was signed", "the code was good for "
                + expires.toSeconds() + " s", "begin again"), null);
    }

    private void waitFor(Duration interval) throws IdentityException {
        try {
            pause.wait(interval);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdentityException(new Problem(ErrorCode.LOGIN_TIMED_OUT, "nobody logged in; nothing was signed", "this program was interrupted",
                    "begin again"), e);
        }
    }

    private static String error(Answer answer) {
        try {
            return JsonFields.of(StrictJson.parse(answer.body(), TokenRequests.MAX_ANSWER), "").text("error").orElse("");
        } catch (FormatException e) {
            return "";
        }
    }

    private static Duration seconds(OidcIssuer issuer, JsonFields fields, String name, long usual, long most) throws IdentityException {
        try {
            long value = fields.int64(name);
            return Duration.ofSeconds(value <= 0 ? usual : Math.min(value, most));
        } catch (FormatException e) {
            throw TokenRequests.failed(issuer.name(), e.problem().why());
        }
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return fields;
    }
}
