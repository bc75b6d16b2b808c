package dev.chancery.adapters.kms.vault;

import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.NetworkFailures;
import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.adapters.kms.service.Waiting;
import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.github.jopenlibs.vault.rest.Rest;
import io.github.jopenlibs.vault.rest.RestException;
import io.github.jopenlibs.vault.rest.RestResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// One server, and the token it knows us by.
///
/// The driver's own calls make a new HTTP client for each request and hide how a request failed; its `Rest` takes a client of ours,
/// whose connections are kept. A login's token is renewed by logging in again shortly before its time is up.
final class VaultServer {
    /// So much before its end a token is not used any more.
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final VaultSettings settings;
    private final Waiting waiting;
    private final Object lock = new Object();
    private @Nullable HttpClient client;
    private @Nullable String token;
    private long tokenEnd;
    private boolean tokenEnds;

    VaultServer(VaultSettings settings, Waiting waiting) {
        this.settings = settings;
        this.waiting = waiting;
    }

    /// `GET`: the answer's `data`.
    JsonObject read(String path, Duration timeLimit) throws ServiceFailure {
        return data(ask(path, null, "read", timeLimit), path);
    }

    /// `GET …?list=true`: the names in the answer; none where the server says there is nothing.
    Optional<JsonObject> list(String path, Duration timeLimit) throws ServiceFailure {
        try {
            return Optional.of(data(ask(path + "?list=true", null, "list", timeLimit), path));
        } catch (ServiceFailure e) {
            if (e.fault() == Fault.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// `POST`: the answer's `data`; an empty object where it has none.
    JsonObject write(String path, JsonObject body, String capability, Duration timeLimit) throws ServiceFailure {
        RestResponse answer = ask(path, body, capability, timeLimit);
        return answer.getStatus() == 204 ? new JsonObject() : data(answer, path);
    }

    private RestResponse ask(String path, @Nullable JsonObject body, String capability, Duration timeLimit) throws ServiceFailure {
        RestResponse answer = send(path, body, token(timeLimit), timeLimit);
        if (answer.getStatus() == 200 || answer.getStatus() == 204) {
            return answer;
        }
        if (answer.getStatus() == 403 && send("auth/token/lookup-self", null, token(timeLimit), timeLimit).getStatus() == 403) {
            // The server says the same of a token it doesn't know and of one that may not: the difference is whether it may see itself.
            forgetToken();
            throw ServiceFailure.of(Fault.CREDENTIALS_REFUSED, "the server does not know the token, or its time is up", null)
                    .withRemedy("log in again (vault login), or renew VAULT_TOKEN");
        }
        throw VaultErrors.of(answer.getStatus(), text(answer), path.replace("?list=true", ""), capability);
    }

    private RestResponse send(String path, @Nullable JsonObject body, @Nullable String withToken, Duration timeLimit) throws ServiceFailure {
        String address = settings.address();
        try {
            Rest rest = new Rest(client()).url(address + "/v1/" + path)
                    .header("X-Vault-Token", withToken)
                    .header("X-Vault-Request", "true")
                    .header("X-Vault-Namespace", settings.namespace().orElse(null))
                    // Whole seconds, rounded up; the exact limit is kept by whoever calls.
                    .readTimeoutSeconds((int) Math.min(Integer.MAX_VALUE, timeLimit.toSeconds() + 1));
            return body == null ? rest.get() : rest.body(body.toString().getBytes(StandardCharsets.UTF_8)).post();
        } catch (RestException e) {
            throw NetworkFailures.of(e, address).orElseGet(() -> ServiceFailure.of(Fault.FAILED, "the request to " + address + " was not made", e));
        }
    }

    private @Nullable String token(Duration timeLimit) throws ServiceFailure {
        synchronized (lock) {
            if (token == null || tokenEnds && waiting.nanos() - tokenEnd > 0) {
                switch (settings.login()) {
                    case VaultSettings.Login.Token given -> {
                        token = given.token();
                        tokenEnds = false;
                    }
                    case VaultSettings.Login.AppRole role ->
                            logIn(role, new JsonObject().add("role_id", role.role()).add("secret_id", role.secret()), timeLimit);
                    case VaultSettings.Login.Kubernetes role ->
                            logIn(role, new JsonObject().add("role", role.role()).add("jwt", role.secret()), timeLimit);
                    case VaultSettings.Login.Jwt role ->
                            logIn(role, new JsonObject().add("role", role.role()).add("jwt", role.secret()), timeLimit);
                }
            }
            return token;
        }
    }

    private void logIn(VaultSettings.WithSecret login, JsonObject body, Duration timeLimit) throws ServiceFailure {
        String path = "auth/" + login.path() + "/login";
        RestResponse answer = send(path, body, null, timeLimit);
        if (answer.getStatus() == 400 || answer.getStatus() == 401 || answer.getStatus() == 403) {
            throw ServiceFailure.of(Fault.CREDENTIALS_REFUSED, "the login at " + path + " was refused (" + answer.getStatus() + ")", null)
                    .withRemedy("check CHANCERY_VAULT_ROLE and the file CHANCERY_VAULT_SECRET_FILE names");
        }
        if (answer.getStatus() != 200) {
            throw VaultErrors.of(answer.getStatus(), text(answer), path, "update");
        }
        JsonValue auth = object(answer, path).get("auth");
        if (auth == null || !auth.isObject() || auth.asObject().getString("client_token") == null) {
            throw unsound(path, "the login gave no token");
        }
        token = auth.asObject().getString("client_token");
        long seconds = auth.asObject().getLong("lease_duration", 0);
        tokenEnds = seconds > 0;
        tokenEnd = waiting.nanos() + Duration.ofSeconds(seconds).minus(MARGIN).toNanos();
    }

    private void forgetToken() {
        synchronized (lock) {
            token = null;
        }
    }

    private HttpClient client() throws ServiceFailure {
        synchronized (lock) {
            if (client == null) {
                HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT);
                Optional<Path> authorities = settings.authorities();
                if (authorities.isPresent()) {
                    builder.sslContext(trusting(authorities.get()));
                }
                client = builder.build();
            }
            return client;
        }
    }

    private static SSLContext trusting(Path authorities) throws ServiceFailure {
        try (InputStream in = Files.newInputStream(authorities)) {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw ServiceFailure.of(Fault.SETTING, "VAULT_CACERT names " + authorities + ", which holds no certificate", null);
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw ServiceFailure.of(Fault.SETTING, "VAULT_CACERT names " + authorities + ", which cannot be read as PEM certificates", e);
        }
    }

    private static JsonObject data(RestResponse answer, String path) throws ServiceFailure {
        JsonValue data = object(answer, path).get("data");
        if (data == null || !data.isObject()) {
            throw unsound(path, "it has no data");
        }
        return data.asObject();
    }

    private static JsonObject object(RestResponse answer, String path) throws ServiceFailure {
        try {
            return Json.parse(text(answer)).asObject();
        } catch (RuntimeException e) {
            throw unsound(path, "it is no JSON object");
        }
    }

    private static String text(RestResponse answer) {
        return new String(answer.getBody(), StandardCharsets.UTF_8);
    }

    static ServiceFailure unsound(String path, String what) {
        return ServiceFailure.of(Fault.UNSOUND, "the answer for " + path + " is not the server's own: " + what, null);
    }
}
