package dev.chancery.verification.tuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.trust.TufMirror;
import dev.chancery.ports.trust.TufStore;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedRepository;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client's workflow (TUF specification 1.0.34 §5), against mirrors that lie in each way the specification names (§1.5.2).
class TufClientTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final String SOON = "2026-05-11T10:00:00Z";
    private static final String PAST = "2026-05-04T09:59:59Z";
    private static final String FILE = "trusted_root.json";
    private static final Bytes FIRST = Bytes.ofUtf8("{\"first\":1}");
    private static final Bytes SECOND = Bytes.ofUtf8("{\"second\":2}");

    private final ForgedKey a = ForgedKey.p256();
    private final ForgedKey b = ForgedKey.ed25519();
    private final ForgedKey c = ForgedKey.p256();
    private final ForgedKey online = ForgedKey.p256();
    private final ForgedRepository repository = new ForgedRepository();
    private final Memory store = new Memory();
    private final TufClient client = new TufClient(new SpkiPublicKeyDecoder(), SignatureVerifiers.forOne().verifier());
    private Bytes firstRoot = Bytes.empty();

    @BeforeEach
    void publish() {
        repository.root(1, ForgedRepository.EXPIRES, 2, List.of(a, b), online, List.of(a, b)).state(1, SOON, online, Map.of(FILE, FIRST));
        firstRoot = file("1.root.json");
    }

    private Bytes file(String name) {
        return java.util.Objects.requireNonNull(repository.files().get(name));
    }

    private CurrentTrust update() throws Exception {
        TufMirror mirror = new TufMirror() {
            @Override
            public String name() {
                return "the test's mirror";
            }

            @Override
            public Optional<Bytes> fetch(String path, int limit) {
                return Optional.ofNullable(repository.files().get(path));
            }
        };
        return client.update(mirror, store, Optional.of(firstRoot), List.of(FILE, "signing_config.v0.2.json"), NOW);
    }

    private void assertRefused(ErrorCode code) {
        assertRefused(code, this::update);
    }

    private void assertRefused(ErrorCode code, Executable attempt) {
        TufException refusal = assertThrows(TufException.class, attempt);
        assertEquals(code, refusal.problem().code(), refusal.toString());
    }

    @Test
    void theFileIsWhatTheRepositorysKeysSayItIs() throws Exception {
        CurrentTrust trust = update();
        assertEquals(Optional.of(FIRST), trust.file(FILE));
        assertEquals(Optional.empty(), trust.file("signing_config.v0.2.json"));
        assertEquals(Instant.parse(SOON), trust.validUntil());
    }

    @Test
    void aNewStateTakesTheOldOnesPlace() throws Exception {
        update();
        repository.state(2, SOON, online, Map.of(FILE, SECOND));
        assertEquals(Optional.of(SECOND), update().file(FILE));
    }

    @Test
    void theFirstTimeSomethingMustSayWhomToTrust() {
        assertRefused(ErrorCode.TRUST_NOT_PULLED, () -> client.kept(store, NOW));
    }

    @Test
    void aRootIsFollowedByOneThatItsKeysAndItsOwnHaveSigned() throws Exception {
        update();
        repository.root(2, ForgedRepository.EXPIRES, 2, List.of(b, c), online, List.of(a, b, c)).state(2, SOON, online, Map.of(FILE, SECOND));
        assertEquals(2, update().versions().get("root"));
    }

    @Test
    void aRootThatOnlyItsOwnKeysHaveSignedIsRefused() throws Exception {
        update();
        repository.root(2, ForgedRepository.EXPIRES, 2, List.of(b, c), online, List.of(b, c));
        assertRefused(ErrorCode.TRUST_METADATA_UNSIGNED);
    }

    @Test
    void aRootThatOnlyItsPredecessorsKeysHaveSignedIsRefused() throws Exception {
        update();
        repository.root(2, ForgedRepository.EXPIRES, 2, List.of(b, c), online, List.of(a, b));
        assertRefused(ErrorCode.TRUST_METADATA_UNSIGNED);
    }

    @Test
    void oneKeyThatSignsTwiceCountsOnce() {
        repository.root(1, ForgedRepository.EXPIRES, 2, List.of(a, b), online, List.of(a, a));
        firstRoot = file("1.root.json");
        assertRefused(ErrorCode.TRUST_METADATA_UNSIGNED);
    }

    @Test
    void aRootIsNotSkipped() throws Exception {
        update();
        repository.root(3, ForgedRepository.EXPIRES, 2, List.of(a, b), online, List.of(a, b));
        repository.files().put("2.root.json", file("3.root.json"));
        assertRefused(ErrorCode.TRUST_FILE_WRONG);
    }

    @Test
    void aTimestampBySomeoneElseIsRefused() {
        repository.state(1, SOON, c, Map.of(FILE, SECOND));
        assertRefused(ErrorCode.TRUST_METADATA_UNSIGNED);
    }

    @Test
    void aMirrorDoesNotGoBack() throws Exception {
        Map<String, Bytes> old = new HashMap<>(repository.files());
        repository.state(2, SOON, online, Map.of(FILE, SECOND));
        update();
        repository.files().clear();
        repository.files().putAll(old);
        assertRefused(ErrorCode.TRUST_ROLLBACK);
        assertEquals(Optional.of(SECOND), client.kept(store, NOW).file(FILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp.json", "snapshot.json"})
    void whatIsKeptCannotBeDamagedToLetAMirrorGoBack(String name) throws Exception {
        Map<String, Bytes> old = new HashMap<>(repository.files());
        repository.state(2, SOON, online, Map.of(FILE, SECOND));
        update();
        TufStore.Kept kept = store.load().orElseThrow();
        repository.files().clear();
        repository.files().putAll(old);
        Bytes whole = Objects.requireNonNull(kept.files().get(name));
        for (Bytes damage : List.of(Bytes.ofUtf8("{"), whole.concat(Bytes.ofUtf8("}")), unsigned(whole))) {
            Map<String, Bytes> changed = new HashMap<>(kept.files());
            if (name.equals("snapshot.json")) {
                changed.remove("timestamp.json"); // which alone would tell
            }
            changed.put(name, damage);
            store.save(new TufStore.Kept(changed, kept.pulledAt()));
            assertRefused(ErrorCode.TRUST_STORE_UNUSABLE);
        }
    }

    private static Bytes unsigned(Bytes metadata) {
        return Bytes.ofUtf8(metadata.utf8().orElseThrow().replaceAll("\"sig\":\"[0-9a-f]+\"", "\"sig\":\"00\""));
    }

    @Test
    void afterAChangeOfTheOnlineKeyVersionsMayBeginAnew() throws Exception {
        repository.state(900, SOON, online, Map.of(FILE, FIRST));
        update();
        repository.root(2, ForgedRepository.EXPIRES, 2, List.of(a, b), c, List.of(a, b)).state(2, SOON, c, Map.of(FILE, SECOND));
        assertEquals(Optional.of(SECOND), update().file(FILE));
    }

    @Test
    void aMirrorThatShowsExpiredMetadataLeavesItUnknown() {
        repository.state(1, PAST, online, Map.of(FILE, FIRST));
        assertRefused(ErrorCode.TRUST_METADATA_EXPIRED);
    }

    @Test
    void anExpiredRootThatHasASuccessorIsNoFault() throws Exception {
        repository.root(1, PAST, 2, List.of(a, b), online, List.of(a, b));
        firstRoot = file("1.root.json");
        assertRefused(ErrorCode.TRUST_METADATA_EXPIRED);
        repository.root(2, ForgedRepository.EXPIRES, 2, List.of(a, b), online, List.of(a, b));
        assertEquals(2, update().versions().get("root"));
    }

    @Test
    void statesAreNotMixed() throws Exception {
        Bytes snapshot = file("1.snapshot.json");
        repository.state(2, SOON, online, Map.of(FILE, SECOND));
        repository.files().put("2.snapshot.json", snapshot);
        assertRefused(ErrorCode.TRUST_FILE_WRONG);
    }

    @Test
    void aChangedFileIsRefused() {
        repository.files().replaceAll((name, content) -> name.startsWith("targets/") ? Bytes.ofUtf8("{\"first\":2}") : content);
        assertRefused(ErrorCode.TRUST_FILE_WRONG);
    }

    @Test
    void whatWasPulledServesWithoutAMirrorUntilItExpires() throws Exception {
        update();
        assertEquals(Optional.of(FIRST), client.kept(store, NOW.plusSeconds(3600)).file(FILE));
        assertEquals(NOW, client.kept(store, NOW.plusSeconds(3600)).pulledAt());
        assertRefused(ErrorCode.TRUST_METADATA_EXPIRED, () -> client.kept(store, Instant.parse(SOON)));
    }

    @Test
    void whatWasPulledIsVerifiedAnew() throws Exception {
        update();
        TufStore.Kept kept = store.load().orElseThrow();
        Map<String, Bytes> changed = new HashMap<>(kept.files());
        changed.put("targets/" + FILE, SECOND);
        store.save(new TufStore.Kept(changed, kept.pulledAt()));
        assertRefused(ErrorCode.TRUST_FILE_WRONG, () -> client.kept(store, NOW));
    }

    /// What would lie in a file.
    private static final class Memory implements TufStore {
        private @Nullable Kept kept;

        @Override
        public Optional<Kept> load() {
            return Optional.ofNullable(kept);
        }

        @Override
        public void save(Kept newer) {
            kept = newer;
        }
    }
}
