package dev.chancery.adapters.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import dev.chancery.testkit.registry.WebAnswer;
import dev.chancery.testkit.registry.WebRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Registries behind TLS: with a private authority, with certificates of clients, with a token service.
class RegistryTlsTest extends RegistryTestCase {
    private final TestAuthority authority;

    RegistryTlsTest(@TempDir Path folder) throws Exception {
        authority = new TestAuthority(folder);
        authority.issue("registry", "IP:127.0.0.1");
        authority.issue("client", "email:ci@example.com");
    }

    private MemoryRegistry start(boolean clients) throws Exception {
        return MemoryRegistry.startTls(true, authority.sockets("registry", clients));
    }

    private RegistryAccess trusting() {
        return new RegistryAccess(false, null, authority.certificate(), null, null);
    }

    private ErrorCode refusal(MemoryRegistry registry, RegistryAccess access) throws Exception {
        return code(() -> {
            try (Repository repository = open(registry, access)) {
                repository.tagged("v1");
            }
        });
    }

    @Test
    void aPrivateAuthorityIsTrustedWhenItIsNamed() throws Exception {
        try (MemoryRegistry registry = start(false); Repository repository = open(registry, trusting())) {
            assertEquals(Optional.empty(), repository.tagged("v1"));
        }
    }

    @Test
    void aPrivateAuthorityIsFoundWhereDockerAndPodmanKeepIt() throws Exception {
        try (MemoryRegistry registry = start(false)) {
            Path certificates = Files.createDirectories(home.resolve(".config/containers/certs.d").resolve(registry.host()));
            Files.copy(authority.certificate(), certificates.resolve("ca.crt"));
            try (Repository repository = open(registry)) {
                assertEquals(Optional.empty(), repository.tagged("v1"));
            }
        }
    }

    @Test
    void anAuthorityThatNobodyNamedIsNotTrusted(@TempDir Path other) throws Exception {
        TestAuthority unknown = new TestAuthority(other);
        unknown.issue("registry", "IP:127.0.0.1");
        try (MemoryRegistry registry = MemoryRegistry.startTls(true, unknown.sockets("registry", false))) {
            assertEquals(ErrorCode.REGISTRY_TLS, refusal(registry, trusting()));
            assertEquals(List.of(), registry.requests());
        }
    }

    @Test
    void aCertificateForAnotherHostIsNotTrusted() throws Exception {
        authority.issue("elsewhere", "DNS:registry.example.com");
        try (MemoryRegistry registry = MemoryRegistry.startTls(true, authority.sockets("elsewhere", false))) {
            assertEquals(ErrorCode.REGISTRY_TLS, refusal(registry, trusting()));
        }
    }

    @Test
    void aClientShowsItsCertificateWhereTheRegistryWantsOne() throws Exception {
        try (MemoryRegistry registry = start(true)) {
            RegistryAccess shown = new RegistryAccess(false, null, authority.certificate(), authority.file("client.crt"), authority.file("client.key"));
            try (Repository repository = open(registry, shown)) {
                assertEquals(Optional.empty(), repository.tagged("v1"));
            }
            ErrorCode without = refusal(registry, trusting());
            assertTrue(without == ErrorCode.REGISTRY_TLS || without == ErrorCode.REGISTRY_UNREACHABLE, without::code);
        }
    }

    @Test
    void aCertificateAndItsKeyGoTogether() throws Exception {
        try (MemoryRegistry registry = start(true)) {
            assertEquals(ErrorCode.REGISTRY_SETTING, refusal(registry, new RegistryAccess(false, null, authority.certificate(), authority.file("client.crt"), null)));
            assertEquals(ErrorCode.REGISTRY_SETTING,
                    refusal(registry, new RegistryAccess(false, null, authority.certificate(), authority.file("client.crt"), authority.file("registry.csr"))));
        }
    }

    @Test
    void aTokenServiceBehindTheSameAuthorityIsAsked() throws Exception {
        try (MemoryRegistry registry = start(false)) {
            loginWith(registry.host(), "user:secret");
            registry.hook((request, answer) -> request.path().equals("/token") ? WebAnswer.of(200, "{\"token\":\"good\"}")
                    : request.header("authorization").equals(Optional.of("Bearer good")) ? answer : challenge("https://" + registry.host() + "/token"));
            try (Repository repository = open(registry, trusting())) {
                assertEquals(Optional.empty(), repository.tagged("v1"));
            }
        }
    }

    /// Whoever answers for the registry must not have a password sent in the clear.
    @Test
    void aTokenServiceWithoutTlsGetsNothingFromARegistryWithIt() throws Exception {
        try (MemoryRegistry registry = start(false); MemoryRegistry tokens = MemoryRegistry.start(true)) {
            loginWith(registry.host(), "user:secret");
            registry.hook((_, _) -> challenge("http://" + tokens.host() + "/token"));
            assertEquals(ErrorCode.REGISTRY_ANSWER_UNSOUND, refusal(registry, trusting()));
            assertEquals(List.<WebRequest>of(), tokens.requests());
        }
    }

    private static WebAnswer challenge(String realm) {
        return WebAnswer.error(401, "UNAUTHORIZED").with("WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"r\",scope=\"repository:team/app:pull\"");
    }
}
