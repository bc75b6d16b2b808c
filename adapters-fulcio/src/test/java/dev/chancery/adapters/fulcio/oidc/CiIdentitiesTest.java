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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The CI systems, each as its documentation says that it vouches for jobs.
class CiIdentitiesTest {
    private static final Duration BUDGET = Duration.ofSeconds(20);
    private static final String SECRET = "made-up-4711";

    private ScriptedIssuer server;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedIssuer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Optional<String> token(Map<String, String> environment) throws IdentityException {
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(_ -> null), _ -> {}, new Random(4711),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        return new CiIdentities(environment::get, http).token("sigstore", BUDGET);
    }

    private static IdentityException refusal(ErrorCode code, Map<String, String> environment) {
        IdentityException refusal = assertThrows(IdentityException.class, () -> token(environment));
        assertEquals(code, refusal.problem().code(), refusal.toString());
        assertFalse(refusal.toString().contains(SECRET));
        return refusal;
    }

    @Test
    void elsewhereNobodyVouches() throws Exception {
        assertEquals(Optional.empty(), token(Map.of("HOME", "/nowhere")));
    }

    @Test
    void gitHubGivesATokenForTheAudienceThatIsAskedFor() throws Exception {
        server.on("/token", _ -> new Answered(200, "{\"count\":1,\"value\":\"a.b.c\"}"));
        assertEquals(Optional.of("a.b.c"), token(Map.of("GITHUB_ACTIONS", "true", "ACTIONS_ID_TOKEN_REQUEST_URL", server.url() + "/token?api-version=2",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", SECRET)));
        assertEquals("api-version=2&audience=sigstore", server.asked.getFirst().query());
        assertEquals("bearer " + SECRET, server.asked.getFirst().headers().get("authorization"));
    }

    @Test
    void aGitHubJobWithoutThePermissionIsToldWhichLineItLacks() {
        IdentityException refusal = refusal(ErrorCode.WORKFLOW_PERMISSION, Map.of("GITHUB_ACTIONS", "true"));
        assertTrue(refusal.problem().remedy().contains("id-token: write"));
    }

    @Test
    void theTokenForAskingGoesToNoOtherMachineUnencrypted() {
        refusal(ErrorCode.IDENTITY_PROVIDER_FAILED, Map.of("GITHUB_ACTIONS", "true", "ACTIONS_ID_TOKEN_REQUEST_URL", "http://pipelines.example.com/token",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", SECRET));
    }

    @Test
    void aProvidersNoIsRepeatedInItsWords() {
        server.on("/token", _ -> new Answered(403, "{\"message\":\"not for you\"}"));
        IdentityException refusal = refusal(ErrorCode.IDENTITY_PROVIDER_FAILED, Map.of("GITHUB_ACTIONS", "true", "ACTIONS_ID_TOKEN_REQUEST_URL",
                server.url() + "/token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", SECRET));
        assertTrue(refusal.problem().why().contains("403: not for you"), refusal.problem().why());
    }

    @Test
    void gitLabPutsTheTokenIntoAVariable() throws Exception {
        assertEquals(Optional.of("a.b.c"), token(Map.of("GITLAB_CI", "true", "SIGSTORE_ID_TOKEN", "a.b.c")));
        assertTrue(refusal(ErrorCode.WORKFLOW_PERMISSION, Map.of("GITLAB_CI", "true")).problem().remedy().contains("id_tokens"));
    }

    @Test
    void circleCiPutsTheTokenIntoAVariable() throws Exception {
        assertEquals(Optional.of("a.b.c"), token(Map.of("CIRCLECI", "true", "CIRCLE_OIDC_TOKEN_V2", "a.b.c")));
        refusal(ErrorCode.WORKFLOW_PERMISSION, Map.of("CIRCLECI", "true"));
    }

    @Test
    void buildkitesAgentApiGivesAToken() throws Exception {
        server.on("/v3/jobs/0123/oidc/tokens", _ -> new Answered(200, "{\"token\":\"a.b.c\"}"));
        assertEquals(Optional.of("a.b.c"), token(Map.of("BUILDKITE_AGENT_ACCESS_TOKEN", SECRET, "BUILDKITE_JOB_ID", "0123",
                "BUILDKITE_AGENT_ENDPOINT", server.url() + "/v3")));
        assertEquals("{\"audience\":\"sigstore\"}", server.asked.getFirst().body());
        assertEquals("Token " + SECRET, server.asked.getFirst().headers().get("authorization"));
    }

    @Test
    void googlesMetadataServerGivesAToken() throws Exception {
        server.on("/computeMetadata/v1/instance/service-accounts/default/identity", _ -> new Answered(200, "a.b.c"));
        assertEquals(Optional.of("a.b.c"), token(Map.of("GCE_METADATA_HOST", server.url().substring("http://".length()))));
        assertEquals("Google", server.asked.getFirst().headers().get("metadata-flavor"));
        assertEquals("format=full&audience=sigstore", server.asked.getFirst().query());
    }
}
