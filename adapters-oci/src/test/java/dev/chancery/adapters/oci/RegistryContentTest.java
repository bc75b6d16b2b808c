package dev.chancery.adapters.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciPlace;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import dev.chancery.testkit.registry.WebAnswer;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Content and manifests: what is read is what its digest says, whole, and within limits.
class RegistryContentTest extends RegistryTestCase {
    @Test
    void whatWasStoredIsReadAgain() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            Bytes content = Bytes.ofUtf8("content");
            repository.store(descriptor(content), content::inputStream);
            assertEquals(content, repository.blob(descriptor(content), 100));
            StoredManifest manifest = manifest("content");
            repository.tag(manifest, "v1");
            assertEquals(Optional.of(manifest), repository.tagged("v1"));
            assertEquals(Optional.of(manifest), repository.manifest(manifest.digest()));
            assertEquals(Optional.empty(), repository.tagged("v2"));
            assertEquals(List.of("v1"), repository.tags());
        }
    }

    @Test
    void contentThatIsNotItsDigestIsRefused() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            Bytes content = Bytes.ofUtf8("content");
            repository.store(descriptor(content), content::inputStream);
            StoredManifest manifest = manifest("content");
            repository.tag(manifest, "v1");
            for (String other : List.of("c0ntent", "content and more", "con", "")) {
                registry.hook((_, answer) -> WebAnswer.of(answer.status(), answer.headers(), Bytes.ofUtf8(other)));
                assertEquals(ErrorCode.CONTENT_MISMATCH, code(() -> repository.blob(descriptor(content), 100)), other);
                assertEquals(ErrorCode.CONTENT_MISMATCH, code(() -> repository.manifest(manifest.digest())), other);
                assertEquals(ErrorCode.CONTENT_MISMATCH, code(() -> repository.tagged("v1")), other);
            }
        }
    }

    @Test
    void tooMuchIsNotRead() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            Bytes large = Bytes.copyOf(new byte[StoredManifest.MAX_LENGTH + 1]);
            registry.hook((_, answer) -> WebAnswer.of(200, Map.of("Content-Type", MediaTypes.MANIFEST), large));
            assertEquals(ErrorCode.CONTENT_TOO_LARGE, code(() -> repository.tagged("v1")));
            registry.forgetRequests();
            assertEquals(ErrorCode.CONTENT_TOO_LARGE, code(() -> repository.blob(descriptor(large), 100)));
            assertEquals(List.of(), registry.requests());
        }
    }

    @Test
    void aNotFoundThatIsNotTheRegistrysIsNoAnswer() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            registry.hook((_, _) -> WebAnswer.of(404, "<html>Not found</html>"));
            assertEquals(ErrorCode.REGISTRY_ANSWER_UNSOUND, code(() -> repository.tagged("v1")));
        }
    }

    @Test
    void aDownloadThatBreaksOffGoesOnWhereItWas() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            byte[] random = new byte[300_000];
            for (int i = 0; i < random.length; i++) {
                random[i] = (byte) (i * 31 >>> 3);
            }
            Bytes content = Bytes.copyOf(random);
            repository.store(descriptor(content), content::inputStream);
            AtomicInteger cuts = new AtomicInteger();
            registry.hook((request, answer) -> request.method().equals("GET") && request.path().contains("/blobs/sha256") && cuts.getAndIncrement() < 2
                    ? answer.cut() : answer);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            repository.read(descriptor(content), out);
            assertEquals(content, Bytes.copyOf(out.toByteArray()));
            assertEquals(3, cuts.get());
        }
    }

    @Test
    void anUploadInChunksGoesOnWhereTheRegistryHasComeTo() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            byte[] random = new byte[20 * 1024 * 1024];
            new java.util.Random(7).nextBytes(random);
            Bytes content = Bytes.copyOf(random);
            AtomicInteger patches = new AtomicInteger();
            registry.hook((request, answer) -> request.method().equals("PATCH") && patches.incrementAndGet() == 2
                    ? WebAnswer.error(500, "UNKNOWN") : answer);
            repository.store(descriptor(content), content::inputStream);
            assertTrue(repository.has(descriptor(content)));
            assertEquals(3, patches.get());
        }
    }

    @Test
    void blobsOfTheSameRegistryAreMountedAndNotSent() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true)) {
            Bytes content = Bytes.ofUtf8("content");
            registry.putBlob("team/other", content);
            OciRepositories repositories = repositories();
            try (Repository from = repositories.open(new OciPlace.Registry(registry.host(), "team/other"), RegistryAccess.USUAL);
                    Repository to = repositories.open(new OciPlace.Registry(registry.host(), "team/app"), RegistryAccess.USUAL)) {
                assertTrue(to.mount(descriptor(content), from));
                assertTrue(to.has(descriptor(content)));
                assertFalse(to.mount(descriptor(Bytes.ofUtf8("absent")), from));
            }
        }
    }
}
