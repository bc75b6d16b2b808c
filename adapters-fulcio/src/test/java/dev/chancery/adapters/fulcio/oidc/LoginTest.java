package dev.chancery.adapters.fulcio.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.fulcio.http.HttpClients;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.oidc.ScriptedIssuer.Answered;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.identity.IdentityException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The browser flow (RFC 6749 §4.1, RFC 7636, RFC 8252) and the device flow (RFC 8628).
class LoginTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);
    private static final String CODE = "made-up-code-4711";

    private final List<String> said = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final ServiceHttp http = new ServiceHttp(() -> HttpClients.client(_ -> null), _ -> {}, new Random(4711),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private ScriptedIssuer issuer;
    private Map<String, String> request = Map.of();

    @BeforeEach
    void start() throws Exception {
        issuer = new ScriptedIssuer().describingItself();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static Map<String, String> fields(String form) {
        return Arrays.stream(form.split("&")).map(field -> field.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String token(String nonce) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(("{\"nonce\":\"" + nonce + "\"}").getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }

    /// A browser that comes back at once, with what a test makes of the answer.
    private String browserLogin(UnaryOperator<String> answer) throws IdentityException {
        return login(BUDGET, answer);
    }

    private String login(Duration budget, UnaryOperator<String> answer) throws IdentityException {
        return new BrowserLogin(http, new SecureRandom(), new LoginSettings(issuer.url(), "chancery-test", said::add), page -> {
            request = fields(page.getRawQuery());
            String back = answer.apply(request.get("redirect_uri") + "?code=" + CODE + "&state=" + request.get("state"));
            for (String address : back.split(" ", -1)) {
                try (HttpClient client = HttpClient.newHttpClient()) {
                    client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding());
                } catch (java.io.IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }).token("chancery-test", budget).orElseThrow();
    }

    private void assertRefused(ErrorCode code, UnaryOperator<String> answer) {
        IdentityException refusal = assertThrows(IdentityException.class, () -> browserLogin(answer));
        assertEquals(code, refusal.problem().code(), refusal.toString());
        assertFalse(refusal.toString().contains(CODE));
    }

    @Test
    void whoEndsTheLoginIsWhoBeganIt() throws Exception {
        issuer.on("/token", asked -> {
            Map<String, String> form = fields(asked.body());
            assertEquals(CODE, form.get("code"));
            assertEquals(request.get("redirect_uri"), form.get("redirect_uri"));
            return new Answered(200, "{\"id_token\":\"" + token(request.getOrDefault("nonce", "")) + "\"}");
        });
        browserLogin(back -> back);
        Map<String, String> form = fields(issuer.asked.getLast().body());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(String.valueOf(form.get("code_verifier")).getBytes(StandardCharsets.US_ASCII));
        assertEquals(request.get("code_challenge"), Base64.getUrlEncoder().withoutPadding().encodeToString(hash)); // RFC 7636 §4.6
        assertEquals("S256", request.get("code_challenge_method"));
        assertTrue(String.valueOf(request.get("redirect_uri")).matches("http://localhost:[0-9]+/auth/callback"));
    }

    @Test
    void anAnswerWithAnotherStateChangesNothing() throws Exception {
        issuer.on("/token", _ -> new Answered(200, "{\"id_token\":\"" + token(request.getOrDefault("nonce", "")) + "\"}"));
        browserLogin(back -> back.replace(CODE, "anothers").replaceFirst("state=.*", "state=guessed") + " " + back);
        assertTrue(issuer.asked.getLast().body().contains(CODE));
    }

    @Test
    void aTokenOfAnotherLoginIsRefused() {
        issuer.on("/token", _ -> new Answered(200, "{\"id_token\":\"" + token("another") + "\"}"));
        assertRefused(ErrorCode.IDENTITY_PROVIDER_FAILED, back -> back);
    }

    @Test
    void anAnswerByAnotherIssuerIsRefused() {
        assertRefused(ErrorCode.LOGIN_REFUSED, back -> back + "&iss=https%3A%2F%2Felsewhere.example.com");
    }

    @Test
    void aPersonMaySayNo() {
        assertRefused(ErrorCode.LOGIN_REFUSED, back -> back.replace("code=" + CODE, "error=access_denied"));
    }

    @Test
    void anIssuerThatSaysItIsAnotherIsRefused() {
        issuer.on("/.well-known/openid-configuration", _ -> new Answered(200, "{\"issuer\":\"https://login.example.com\"}"));
        assertRefused(ErrorCode.IDENTITY_PROVIDER_FAILED, back -> back);
    }

    /// Each step of a login, and each way in which an issuer can fail at it.
    @ParameterizedTest
    @CsvSource({"/.well-known/openid-configuration, 0", "/.well-known/openid-configuration, 429", "/.well-known/openid-configuration, 500",
        "/.well-known/openid-configuration, 200", "/.well-known/openid-configuration, 302", "/token, 0", "/token, 429", "/token, 500", "/token, 200", "/token, 302"})
    void anIssuerThatFailsAtAStepGivesNoTokenAndLearnsNothingMore(String step, int status) {
        issuer.on(step, _ -> {
            if (status == 0) {
                throw new IllegalStateException("hanging up");
            }
            return new Answered(status, status == 200 ? "<html>Please log in.</html>" : "{}");
        });
        IdentityException failure = assertThrows(IdentityException.class, () -> login(Duration.ofSeconds(1), back -> back));
        assertTrue(List.of(ErrorCode.IDENTITY_PROVIDER_FAILED, ErrorCode.LOGIN_REFUSED).contains(failure.problem().code()), failure.toString());
        assertFalse(failure.toString().contains(CODE));
    }

    @Test
    void anIssuerThatNeverAnswersIsGivenUpWithinTheBudget() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        issuer.on("/.well-known/openid-configuration", _ -> {
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answered(500, "");
        });
        IdentityException failure = assertThrows(IdentityException.class, () -> login(Duration.ofMillis(500), back -> back));
        ended.countDown();
        assertEquals(ErrorCode.IDENTITY_PROVIDER_FAILED, failure.problem().code(), failure.toString());
    }

    private String deviceLogin() throws IdentityException {
        return new DeviceLogin(http, pauses::add, new SecureRandom(), new LoginSettings(issuer.url(), "chancery-test", said::add))
                .token("chancery-test", BUDGET).orElseThrow();
    }

    private ScriptedIssuer withDevice() {
        return issuer.on("/device", _ -> new Answered(200, "{\"device_code\":\"" + CODE + "\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":"
                + "\"https://login.example.com/device\",\"expires_in\":60,\"interval\":2}"));
    }

    @Test
    void theDeviceFlowWaitsAsLongAsItIsTold() throws Exception {
        List<Answered> answers = new ArrayList<>(List.of(new Answered(400, "{\"error\":\"authorization_pending\"}"),
                new Answered(400, "{\"error\":\"slow_down\"}"), new Answered(200, "{\"id_token\":\"a.b.c\"}")));
        withDevice().on("/token", _ -> answers.removeFirst());
        assertEquals("a.b.c", deviceLogin());
        assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(7)), pauses); // RFC 8628 §3.5
        assertEquals(List.of("open https://login.example.com/device and enter the code WDJB-MJHT"), said);
    }

    @Test
    void theDeviceFlowEndsWhenItsCodeDoes() {
        withDevice().on("/token", _ -> new Answered(400, "{\"error\":\"authorization_pending\"}"));
        IdentityException refusal = assertThrows(IdentityException.class, this::deviceLogin);
        assertEquals(ErrorCode.LOGIN_TIMED_OUT, refusal.problem().code());
    }

    @Test
    void aRefusalEndsTheDeviceFlow() {
        withDevice().on("/token", _ -> new Answered(400, "{\"error\":\"access_denied\"}"));
        IdentityException refusal = assertThrows(IdentityException.class, this::deviceLogin);
        assertEquals(ErrorCode.LOGIN_REFUSED, refusal.problem().code());
        assertFalse(refusal.toString().contains(CODE));
    }
}
