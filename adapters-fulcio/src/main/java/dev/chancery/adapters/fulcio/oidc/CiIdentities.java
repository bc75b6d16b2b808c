package dev.chancery.adapters.fulcio.oidc;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.json.JsonText;
import dev.chancery.ports.identity.IdentityException;
import dev.chancery.ports.identity.IdentitySource;
import dev.chancery.ports.sigstore.ServiceException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The CI systems that vouch for their jobs, recognised by the environment variables that they set.
///
/// | system | recognised by | token |
/// |---|---|---|
/// | GitHub Actions | `GITHUB_ACTIONS` | asked for at `ACTIONS_ID_TOKEN_REQUEST_URL` |
/// | GitLab | `GITLAB_CI` | in `SIGSTORE_ID_TOKEN` |
/// | Buildkite | `BUILDKITE_AGENT_ACCESS_TOKEN` | asked for at the agent's API |
/// | CircleCI | `CIRCLECI` | in `CIRCLE_OIDC_TOKEN_V2`, for the audience that the job was given |
/// | Google Cloud | `GCE_METADATA_HOST`, or `K_SERVICE`, `CLOUD_BUILD` | asked for at the metadata server |
/// | any other | `SIGSTORE_ID_TOKEN` | in it |
public final class CiIdentities implements IdentitySource {
    private static final String GENERIC = "SIGSTORE_ID_TOKEN";

    private final Function<String, @Nullable String> environment;
    private final ServiceHttp http;

    /// @param environment gives the value of a variable, or null
    public CiIdentities(Function<String, @Nullable String> environment, ServiceHttp http) {
        this.environment = environment;
        this.http = http;
    }

    @Override
    public Optional<String> token(String audience, Duration budget) throws IdentityException {
        if (is("GITHUB_ACTIONS")) {
            return Optional.of(gitHub(audience, budget));
        }
        if (is("GITLAB_CI")) {
            return Optional.of(value(GENERIC).orElseThrow(() -> TokenRequests.notPermitted(
                    "this is a GitLab job, and " + GENERIC + " is not set", "add to the job: id_tokens: " + GENERIC + ": aud: " + audience)));
        }
        if (is("BUILDKITE_AGENT_ACCESS_TOKEN")) {
            return Optional.of(buildkite(audience, budget));
        }
        if (is("CIRCLECI")) {
            return Optional.of(value(GENERIC).or(() -> value("CIRCLE_OIDC_TOKEN_V2")).orElseThrow(() -> TokenRequests.notPermitted(
                    "this is a CircleCI job, and CIRCLE_OIDC_TOKEN_V2 is not set", "use a context in the job; for the audience " + audience
                            + " have circleci run oidc get --claims '{\"aud\":\"" + audience + "\"}' fill " + GENERIC)));
        }
        if (is(GENERIC)) {
            return value(GENERIC);
        }
        if (is("GCE_METADATA_HOST") || is("K_SERVICE") || is("CLOUD_BUILD")) {
            return Optional.of(google(audience, budget));
        }
        return Optional.empty();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank());
    }

    private boolean is(String name) {
        return value(name).isPresent();
    }

    /// GitHub's documentation, *OpenID Connect reference*.
    private String gitHub(String audience, Duration budget) throws IdentityException {
        Optional<String> url = value("ACTIONS_ID_TOKEN_REQUEST_URL");
        Optional<String> bearer = value("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
        if (url.isEmpty() || bearer.isEmpty()) {
            throw TokenRequests.notPermitted("this is a GitHub Actions job without the permission to have an identity token",
                    "add to the job: permissions: id-token: write (a run for a pull request from a fork can't have it)");
        }
        String provider = "GitHub Actions";
        URI uri = secretUrl(provider, url.get() + (url.get().contains("?") ? "&" : "?") + "audience=" + URLEncoder.encode(audience, StandardCharsets.UTF_8));
        Answer answer = TokenRequests.ask(http, new Ask(provider, uri, Map.of("Authorization", "bearer " + bearer.get(), "Accept", "application/json"),
                null, TokenRequests.MAX_ANSWER), budget);
        return TokenRequests.text(provider, TokenRequests.object(provider, answer), "value");
    }

    /// The agent's API, as `buildkite-agent oidc request-token` uses it.
    private String buildkite(String audience, Duration budget) throws IdentityException {
        String provider = "Buildkite";
        String endpoint = value("BUILDKITE_AGENT_ENDPOINT").orElse("https://agent.buildkite.com/v3");
        String job = value("BUILDKITE_JOB_ID").orElseThrow(() -> TokenRequests.notPermitted("this is a Buildkite agent outside a job", "run it in a job"));
        URI uri = Urls.below(secretUrl(provider, endpoint), "jobs/" + URLEncoder.encode(job, StandardCharsets.UTF_8) + "/oidc/tokens");
        Bytes body = JsonText.compact(JsonText.object().put("audience", audience).build());
        Answer answer = TokenRequests.ask(http, new Ask(provider, uri, Map.of("Authorization", "Token " + value("BUILDKITE_AGENT_ACCESS_TOKEN").orElse(""),
                "Content-Type", "application/json", "Accept", "application/json"), body, TokenRequests.MAX_ANSWER), budget);
        return TokenRequests.text(provider, TokenRequests.object(provider, answer), "token");
    }

    /// The metadata server of the virtual machine, which answers on a link of its own, without TLS.
    private String google(String audience, Duration budget) throws IdentityException {
        String provider = "Google's metadata server";
        String host = value("GCE_METADATA_HOST").orElse("metadata.google.internal");
        URI uri;
        try {
            uri = Urls.of("http://" + host + "/computeMetadata/v1/instance/service-accounts/default/identity?format=full&audience="
                    + URLEncoder.encode(audience, StandardCharsets.UTF_8), provider);
        } catch (ServiceException e) {
            throw TokenRequests.failed(provider, e.problem().why());
        }
        Answer answer = TokenRequests.ask(http, new Ask(provider, uri, Map.of("Metadata-Flavor", "Google"), null, TokenRequests.MAX_ANSWER), budget);
        if (!answer.isSuccess()) {
            throw TokenRequests.failed(provider, "HTTP status " + answer.status());
        }
        return answer.body().utf8().orElse("");
    }

    private static URI secretUrl(String provider, String url) throws IdentityException {
        try {
            return Urls.forSecrets(url, provider);
        } catch (ServiceException e) {
            throw TokenRequests.failed(provider, e.problem().why());
        }
    }
}
