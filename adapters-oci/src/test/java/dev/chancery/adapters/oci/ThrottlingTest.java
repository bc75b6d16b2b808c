package dev.chancery.adapters.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import dev.chancery.testkit.registry.WebAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Registries that want fewer requests.
class ThrottlingTest extends RegistryTestCase {
    @Test
    void throttlingIsHonouredUntilTheTimeIsUp() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            repository.tag(manifest("x"), "v1");
            AtomicInteger calls = new AtomicInteger();
            registry.hook((_, answer) -> calls.incrementAndGet() == 1 ? WebAnswer.error(429, "TOOMANYREQUESTS").with("Retry-After", "7") : answer);
            assertTrue(repository.tagged("v1").isPresent());
            assertEquals(List.of(Duration.ofSeconds(7)), pauses);
            registry.hook((_, _) -> WebAnswer.error(429, "TOOMANYREQUESTS").with("Retry-After", "Sat, 21 Nov 2026 10:00:37 GMT"));
            pauses.clear();
            assertEquals(ErrorCode.REGISTRY_THROTTLED, code(() -> repository.tagged("v1")));
            assertEquals(Duration.ofSeconds(30), pauses.getFirst());
        }
    }

    @Test
    void aRegistryThatAsksForMoreThanTheTimeIsLeftAlone() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            registry.hook((_, _) -> WebAnswer.error(503, "UNAVAILABLE").with("Retry-After", "3600"));
            assertEquals(ErrorCode.REGISTRY_THROTTLED, code(() -> repository.tagged("v1")));
            assertEquals(ErrorCode.REGISTRY_THROTTLED, code(() -> repository.tagged("v2")));
            assertEquals(List.of(), pauses);
            assertEquals(1, registry.requests().size(), "it said when to ask again");
        }
    }

    @Test
    void whatOneCallIsToldTheNextOnesHonourToo() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            repository.tag(manifest("x"), "v1");
            registry.hook((request, answer) -> request.method().equals("HEAD") ? WebAnswer.of(429, "").with("Retry-After", "50") : answer);
            pass(Duration.ofSeconds(1));
            assertEquals(ErrorCode.REGISTRY_THROTTLED, code(() -> repository.has(descriptor(Bytes.ofUtf8("x")))));
            pauses.clear();
            assertTrue(repository.tagged("v1").isPresent());
            assertEquals(List.of(Duration.ofSeconds(50)), pauses);
        }
    }
}
