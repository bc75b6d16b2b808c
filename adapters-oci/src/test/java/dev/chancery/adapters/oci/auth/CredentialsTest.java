package dev.chancery.adapters.oci.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logins where docker and podman keep them (containers-auth.json.5.md), and challenges (RFC 9110 §11.6.1).
class CredentialsTest {
    @TempDir
    Path home = Path.of("unset");

    private static String auth(String pair) {
        return "{\"auth\":\"" + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    private Path write(String name, String content) throws Exception {
        Path file = home.resolve(name);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, content);
    }

    private Optional<String> basic(String host, String repository, Map<String, String> environment) throws Exception {
        return CredentialFiles.of(null, environment::get, home).find(host, repository).map(Credential::basic)
                .map(header -> new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8));
    }

    @Test
    void nothingFoundIsNoError() throws Exception {
        assertEquals(Optional.empty(), basic("host", "app", Map.of()));
    }

    @Test
    void podmansFileComesBeforeDockers() throws Exception {
        write(".docker/config.json", "{\"auths\":{\"host\":" + auth("docker:1") + ",\"https://other/v1/\":" + auth("old:2") + "}}");
        assertEquals(Optional.of("docker:1"), basic("host", "app", Map.of()));
        assertEquals(Optional.of("old:2"), basic("other", "app", Map.of()));
        write(".config/containers/auth.json", "{\"auths\":{\"host\":" + auth("podman:3") + "}}");
        assertEquals(Optional.of("podman:3"), basic("host", "app", Map.of()));
        assertEquals(Optional.of("old:2"), basic("other", "app", Map.of()));
    }

    @Test
    void theLongestEntryThatFitsDecides() throws Exception {
        write(".config/containers/auth.json", "{\"auths\":{\"host\":" + auth("all:1") + ",\"host/team\":" + auth("team:2") + ",\"host/team/app\":"
                + auth("app:3") + "}}");
        assertEquals(Optional.of("app:3"), basic("host", "team/app", Map.of()));
        assertEquals(Optional.of("team:2"), basic("host", "team/other", Map.of()));
        assertEquals(Optional.of("all:1"), basic("host", "teamwork/app", Map.of()));
    }

    @Test
    void aNamedFileIsTheOnlyOneAndMustExist() throws Exception {
        write(".docker/config.json", "{\"auths\":{\"host\":" + auth("docker:1") + "}}");
        Path absent = home.resolve("absent.json");
        assertEquals(ErrorCode.REGISTRY_CREDENTIALS, assertThrows(RegistryException.Unusable.class,
                () -> basic("host", "app", Map.of("REGISTRY_AUTH_FILE", absent.toString()))).problem().code());
        Path named = write("named.json", "{\"auths\":{}}");
        assertEquals(Optional.empty(), basic("host", "app", Map.of("REGISTRY_AUTH_FILE", named.toString())));
    }

    @Test
    void aFileThatIsNoneIsAnErrorAndItsContentInNoMessage() throws Exception {
        for (String content : List.of("nonsense hunter2", "{\"auths\":{\"host\":{\"auth\":\"hunter2!\"}}}",
                "{\"auths\":{\"host\":" + auth("hunter2") + "}}", "{\"auths\":[]}")) {
            write(".docker/config.json", content);
            RegistryException.Unusable refusal = assertThrows(RegistryException.Unusable.class, () -> basic("host", "app", Map.of()));
            assertEquals(ErrorCode.REGISTRY_CREDENTIALS, refusal.problem().code());
            assertFalse(refusal.problem().toString().contains("hunter2"), refusal.problem()::toString);
        }
    }

    @Test
    void aHelpersNameIsNoPath() throws Exception {
        write(".docker/config.json", "{\"credsStore\":\"../../bin/sh\"}");
        assertThrows(RegistryException.Unusable.class, () -> basic("host", "app", Map.of()));
        write(".docker/config.json", "{\"credHelpers\":{\"host\":\"no-such-helper-anywhere\"}}");
        RegistryException.Unusable absent = assertThrows(RegistryException.Unusable.class, () -> basic("host", "app", Map.of()));
        assertTrue(absent.problem().what().contains("docker-credential-no-such-helper-anywhere"));
    }

    @Test
    void challengesAreReadOneByOneWithTheirParameters() {
        assertEquals(List.of(
                        new Challenge("bearer", Map.of("realm", "https://auth.example.com/token", "service", "a, \"b\"", "scope", "repository:a:pull,push")),
                        new Challenge("basic", Map.of("realm", "x")),
                        new Challenge("negotiate", Map.of())),
                Challenge.read(List.of("Bearer realm=\"https://auth.example.com/token\",service=\"a, \\\"b\\\"\", scope=\"repository:a:pull,push\", Basic realm=x",
                        "Negotiate")));
        assertEquals(List.of(), Challenge.read(List.of("", ",,, =\"", "\u0001".repeat(9000))));
    }
}
