package dev.chancery.adapters.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.oci.http.Timing;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.OciPlace;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.ReferrerList;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.Repository;
import dev.chancery.testkit.registry.MemoryRegistry;
import dev.chancery.testkit.registry.WebAnswer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of referrers, from the API and under a tag.
class ReferrersTest extends RegistryTestCase {
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
}
