package dev.chancery.adapters.oci;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.adapters.oci.http.Timing;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.OciPlace;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;

/// A client, a registry in memory, and time that passes when the client waits.
abstract class RegistryTestCase {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    final List<Duration> pauses = new ArrayList<>();

    @TempDir
    Path home = Path.of("unset");

    /// Lets time pass.
    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private void pause(Duration time) {
        pauses.add(time);
        pass(time);
    }

    OciRepositories repositories() {
        return new OciRepositories(_ -> null, home, new Timing(((java.time.InstantSource) now::get).withZone(ZoneOffset.UTC), this::pause, Duration.ofSeconds(5), Duration.ofSeconds(5),
                Duration.ofSeconds(5), Duration.ofSeconds(60)));
    }

    Repository open(MemoryRegistry registry) throws RegistryException {
        return open(registry, RegistryAccess.USUAL);
    }

    Repository open(MemoryRegistry registry, RegistryAccess access) throws RegistryException {
        return repositories().open(new OciPlace.Registry(registry.host(), "team/app"), access);
    }

    static Descriptor descriptor(Bytes content) {
        return new Descriptor("application/octet-stream", HashAlgorithm.SHA_256.digest(content), content.size());
    }

    static StoredManifest manifest(String text, Descriptor... subject) {
        return OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, "application/x.test", descriptor(Bytes.ofUtf8("{}")),
                List.of(descriptor(Bytes.ofUtf8(text))), subject.length == 0 ? null : subject[0], Map.of("text", text)));
    }

    void login(String content) throws Exception {
        Path file = home.resolve(".docker/config.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void loginWith(String host, String userAndPassword) throws Exception {
        login("{\"auths\":{\"" + host + "\":{\"auth\":\"" + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8)) + "\"}}}");
    }

    static ErrorCode code(Executable what) {
        return assertThrows(RegistryException.class, what::run).problem().code();
    }

    @FunctionalInterface
    interface Executable {
        void run() throws RegistryException;
    }
}
