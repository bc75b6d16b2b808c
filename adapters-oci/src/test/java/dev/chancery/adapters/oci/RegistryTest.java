package dev.chancery.adapters.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.chancery.ports.registry.ReferrerList;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import dev.chancery.testkit.registry.WebAnswer;
import dev.chancery.testkit.registry.WebRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client against a registry in memory, good and bad.
class RegistryTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path home = Path.of("unset");

    private final List<Duration> pauses = new ArrayList<>();

    private OciRepositories repositories() {
        Timing timing = new Timing(CLOCK, pauses::add, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(60));
        return new OciRepositories(_ -> null, home, timing);
    }

    private Repository open(MemoryRegistry registry) throws RegistryException {
        return repositories().open(new OciPlace.Registry(registry.host(), "team/app"), RegistryAccess.USUAL);
    }

    private static Descriptor descriptor(Bytes content) {
        return new Descriptor("application/octet-stream", HashAlgorithm.SHA_256.digest(content), content.size());
    }

    private static StoredManifest manifest(String text, Descriptor... subject) {
        return OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, "application/x.test", descriptor(Bytes.ofUtf8("{}")),
                List.of(descriptor(Bytes.ofUtf8(text))), subject.length == 0 ? null : subject[0], Map.of("text", text)));
    }

    private void login(String content) throws Exception {
        Path file = home.resolve(".docker/config.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void loginWith(String host, String userAndPassword) throws Exception {
        login("{\"auths\":{\"" + host + "\":{\"auth\":\"" + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8)) + "\"}}}");
    }

    private static ErrorCode code(Executable what) {
        return assertThrows(RegistryException.class, what::run).problem().code();
    }

    @FunctionalInterface
    private interface Executable {
        void run() throws RegistryException;
    }

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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aManifestWithASubjectIsListedAmongItsReferrersWithTheApiAndWithout(boolean api) throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(api); Repository repository = open(registry)) {
            StoredManifest subject = manifest("subject");
            repository.store(subject);
            assertEquals(List.of(), repository.referrers(subject.digest()).descriptors());
            StoredManifest one = manifest("one", subject.descriptor());
            StoredManifest two = manifest("two", subject.descriptor());
            repository.store(one);
            repository.store(two);
            repository.store(one);
            ReferrerList list = repository.referrers(subject.digest());
            assertEquals(List.of(one.digest(), two.digest()), list.descriptors().stream().map(Descriptor::digest).toList());
            assertEquals(List.of("application/x.test", "application/x.test"),
                    list.descriptors().stream().map(entry -> entry.artifactType().orElse("")).toList());
            assertTrue(list.missing().isEmpty());
        }
    }

    @Test
    void tenThousandReferrersAreReadPageByPage() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            StoredManifest subject = manifest("subject");
            repository.store(subject);
            registry.pageSize(1000);
            registry.hook((request, answer) -> {
                if (!request.path().contains("/referrers/")) {
                    return answer;
                }
                int from = request.parameter("from").map(Integer::parseInt).orElse(0);
                StringBuilder entries = new StringBuilder();
                for (int i = from; i < from + 1000; i++) {
                    entries.append(i == from ? "" : ",").append("{\"mediaType\":\"").append(MediaTypes.MANIFEST).append("\",\"size\":2,\"digest\":\"sha256:")
                            .append(String.format("%064x", i)).append("\"}");
                }
                WebAnswer page = WebAnswer.of(200, "{\"schemaVersion\":2,\"manifests\":[" + entries + "]}");
                return from == 9000 ? page : page.with("Link", "<" + request.path() + "?from=" + (from + 1000) + ">; rel=\"next\"");
            });
            ReferrerList list = repository.referrers(subject.digest());
            assertEquals(10_000, list.descriptors().size());
            assertTrue(list.missing().isEmpty());
        }
    }

    @Test
    void aListWithoutEndIsCutAndSaysSo() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            AtomicInteger pages = new AtomicInteger();
            registry.hook((request, answer) -> request.path().contains("/referrers/")
                    ? WebAnswer.of(200, "{\"schemaVersion\":2,\"manifests\":[]}")
                            .with("Link", "<" + request.path() + "?from=" + pages.incrementAndGet() + ">; rel=\"next\"")
                    : answer);
            ReferrerList list = repository.referrers(manifest("subject").digest());
            assertEquals(ErrorCode.CONTENT_TOO_LARGE, list.missing().orElseThrow().code());
            assertTrue(pages.get() <= 1001);
        }
    }

    @Test
    void aFailingLaterPageLeavesTheListIncomplete() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            StoredManifest subject = manifest("subject");
            repository.store(subject);
            repository.store(manifest("one", subject.descriptor()));
            repository.store(manifest("two", subject.descriptor()));
            registry.pageSize(1);
            registry.hook((request, answer) -> request.target().contains("from=1") ? WebAnswer.error(500, "UNKNOWN") : answer);
            ReferrerList list = repository.referrers(subject.digest());
            assertEquals(1, list.descriptors().size());
            assertEquals(ErrorCode.REGISTRY_FAILED, list.missing().orElseThrow().code());
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
    void throttlingIsHonouredUntilTheTimeIsUp() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(true); Repository repository = open(registry)) {
            repository.tag(manifest("x"), "v1");
            AtomicInteger calls = new AtomicInteger();
            registry.hook((_, answer) -> calls.incrementAndGet() == 1 ? WebAnswer.error(429, "TOOMANYREQUESTS").with("Retry-After", "7") : answer);
            assertTrue(repository.tagged("v1").isPresent());
            assertEquals(List.of(Duration.ofSeconds(7)), pauses);
            registry.hook((_, _) -> WebAnswer.error(429, "TOOMANYREQUESTS").with("Retry-After", "Sat, 21 Nov 2026 10:00:30 GMT"));
            pauses.clear();
            assertEquals(ErrorCode.REGISTRY_THROTTLED, code(() -> repository.tagged("v1")));
            assertEquals(Duration.ofSeconds(30), pauses.getFirst());
            registry.hook((_, _) -> WebAnswer.error(503, "UNAVAILABLE").with("Retry-After", "3600"));
            pauses.clear();
            assertEquals(ErrorCode.REGISTRY_THROTTLED, code(() -> repository.tagged("v1")));
            assertEquals(List.of(), pauses);
        }
    }

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

    @Test
    void aLostEntryOfTheListUnderATagIsNoticedAndWrittenAgain() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(false); Repository repository = open(registry)) {
            StoredManifest subject = manifest("subject");
            repository.store(subject);
            StoredManifest mine = manifest("mine", subject.descriptor());
            StoredManifest theirs = manifest("theirs", subject.descriptor());
            Bytes stale = OciDocumentCodec.write(new OciDocument.Index(MediaTypes.INDEX, null, List.of(theirs.descriptor()), null, Map.of())).content();
            AtomicInteger reads = new AtomicInteger();
            String tag = "sha256-" + subject.digest().hex();
            registry.hook((request, answer) -> request.method().equals("GET") && request.path().endsWith(tag) && reads.incrementAndGet() == 2
                    ? WebAnswer.of(200, Map.of("Content-Type", MediaTypes.INDEX), stale) : answer);
            repository.store(mine);
            List<String> listed = repository.referrers(subject.digest()).descriptors().stream().map(entry -> entry.digest().hex()).toList();
            assertTrue(listed.contains(mine.digest().hex()));
            assertTrue(listed.contains(theirs.digest().hex()), "an entry that was seen is written again, whoever it is by");
            assertFalse(pauses.isEmpty());
        }
    }

    @Test
    void manyWritersOfOneListUnderATagAllStandInItInTheEnd() throws Exception {
        try (MemoryRegistry registry = MemoryRegistry.start(false)) {
            StoredManifest subject = manifest("subject");
            SplittableRandom random = new SplittableRandom(3);
            Timing real = new Timing(Clock.systemUTC());
            try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
                List<java.util.concurrent.Future<?>> running = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    StoredManifest referrer = manifest("referrer " + i + random.nextInt(), subject.descriptor());
                    Repository repository = new OciRepositories(_ -> null, home, real)
                            .open(new OciPlace.Registry(registry.host(), "team/app"), RegistryAccess.USUAL);
                    running.add(threads.submit(() -> {
                        repository.store(referrer);
                        return null;
                    }));
                }
                for (var each : running) {
                    each.get();
                }
            }
            try (Repository repository = open(registry)) {
                assertEquals(6, repository.referrers(subject.digest()).descriptors().size());
            }
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
