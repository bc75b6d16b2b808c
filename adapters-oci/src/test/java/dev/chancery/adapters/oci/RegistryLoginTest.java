package dev.chancery.adapters.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import dev.chancery.testkit.registry.WebAnswer;
import dev.chancery.testkit.registry.WebRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets which credentials.
class RegistryLoginTest extends RegistryTestCase {
    @Test
    void basicCredentialsAreSentWhenTheRegistryAsksForThem() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true)) {
            loginWith(registry.host(), "user:pass:word");
            registry.hook((request, answer) -> request.header("authorization").isPresent() ? answer
                    : WebAnswer.error(401, "UNAUTHORIZED").with("WWW-Authenticate", "Basic realm=\"registry\""));
            try (Repository repository = open(registry)) {
                assertEquals(Optional.empty(), repository.tagged("v1"));
                assertEquals(Optional.empty(), repository.tagged("v2"));
            }
            assertEquals("Basic " + Base64.getEncoder().encodeToString("user:pass:word".getBytes(StandardCharsets.UTF_8)),
                    registry.requests().get(1).header("authorization").orElseThrow());
            assertEquals(3, registry.requests().size());
        }
    }

    @Test
    void refusedCredentialsAreNotTriedAgain() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true)) {
            loginWith(registry.host(), "user:wrong");
            registry.hook((_, _) -> WebAnswer.error(401, "UNAUTHORIZED").with("WWW-Authenticate", "Basic realm=\"registry\""));
            try (Repository repository = open(registry)) {
                assertEquals(ErrorCode.REGISTRY_UNAUTHORIZED, code(() -> repository.tagged("v1")));
            }
            assertEquals(2, registry.requests().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "identity token", "anonymous"})
    void aTokenIsFetchedFromTheServiceThatTheRegistryNamesAndUsedAgain(String kind) throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true)) {
            switch (kind) {
                case "password" -> loginWith(registry.host(), "user:secret");
                case "identity token" -> login("{\"auths\":{\"" + registry.host() + "\":{\"identitytoken\":\"identity\"}}}");
                default -> login("{}");
            }
            registry.hook((request, answer) -> request.path().equals("/token") ? WebAnswer.of(200, "{\"token\":\"good\",\"expires_in\":300}")
                    : request.header("authorization").equals(Optional.of("Bearer good")) ? answer
                            : WebAnswer.error(401, "UNAUTHORIZED").with("WWW-Authenticate", "Bearer realm=\"http://" + registry.host()
                                    + "/token\",service=\"the registry\",scope=\"repository:team/app:pull\""));
            try (Repository repository = open(registry)) {
                assertEquals(Optional.empty(), repository.tagged("v1"));
                assertEquals(Optional.empty(), repository.tagged("v2"));
            }
            List<WebRequest> tokens = registry.requests().stream().filter(request -> request.path().equals("/token")).toList();
            assertEquals(1, tokens.size());
            WebRequest token = tokens.getFirst();
            if (kind.equals("identity token")) {
                assertEquals("grant_type=refresh_token&client_id=chancery&service=the+registry&scope=repository%3Ateam%2Fapp%3Apull&refresh_token=identity",
                        token.body().utf8().orElseThrow());
            } else {
                assertEquals(Optional.of("the registry"), token.parameter("service"));
                assertEquals(Optional.of("repository:team/app:pull"), token.parameter("scope"));
                assertEquals(kind.equals("password"), token.header("authorization").isPresent());
            }
        }
    }

    @Test
    void aRedirectToAnotherHostCarriesNoCredentials() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); MemoryRegistry storage = MemoryRegistry.start(true)) {
            loginWith(registry.host(), "user:secret");
            Bytes content = Bytes.ofUtf8("content");
            storage.putBlob("team/app", content);
            registry.hook((request, answer) -> request.header("authorization").isEmpty()
                    ? WebAnswer.error(401, "UNAUTHORIZED").with("WWW-Authenticate", "Basic realm=\"registry\"")
                    : request.path().contains("/blobs/") ? WebAnswer.of(307, "").with("Location", "http://" + storage.host() + request.path()) : answer);
            try (Repository repository = open(registry)) {
                assertEquals(content, repository.blob(descriptor(content), 100));
            }
            assertEquals(1, storage.requests().size());
            assertEquals(Optional.empty(), storage.requests().getFirst().header("authorization"));
        }
    }

    @Test
    void aStorageThatAsksForCredentialsGetsNone() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); MemoryRegistry storage = MemoryRegistry.start(true)) {
            loginWith(registry.host(), "user:secret");
            storage.hook((_, _) -> WebAnswer.error(401, "UNAUTHORIZED").with("WWW-Authenticate", "Basic realm=\"mine\""));
            registry.hook((request, _) -> WebAnswer.of(307, "").with("Location", "http://" + storage.host() + request.path()));
            try (Repository repository = open(registry)) {
                assertEquals(ErrorCode.REGISTRY_UNAUTHORIZED, code(() -> repository.tagged("v1")));
            }
            assertTrue(storage.requests().stream().noneMatch(request -> request.header("authorization").isPresent()));
        }
    }
}
