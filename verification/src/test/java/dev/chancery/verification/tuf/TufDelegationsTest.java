package dev.chancery.verification.tuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.tuf.TufDelegation.Paths;
import dev.chancery.ports.trust.TufMirror;
import dev.chancery.ports.trust.TufStore;
import dev.chancery.testkit.forge.ForgedKey;
import dev.chancery.testkit.forge.ForgedRepository;
import dev.chancery.testkit.forge.ForgedRepository.Delegation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Delegations as a client follows them (TUF specification 1.0.34 §4.5, §5.6.7).
class TufDelegationsTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final String SOON = "2026-05-11T10:00:00Z";
    private static final String PAST = "2026-05-04T09:59:59Z";
    private static final String FILE = "trusted_root.json";
    /// Of `trusted_root.json`, by sha256sum.
    private static final String FILE_HASH = "abefa304162e1e4c002f88a67ba3330a6a06e0f4e625531bd6c04dc4a8b5b5a9";
    private static final String ALL = "\"paths\":[\"*\"]";
    private static final Bytes FIRST = Bytes.ofUtf8("{\"first\":1}");
    private static final Bytes SECOND = Bytes.ofUtf8("{\"second\":2}");

    private final ForgedKey online = ForgedKey.p256();
    private final ForgedKey a = ForgedKey.p256();
    private final ForgedKey b = ForgedKey.ed25519();
    private final ForgedRepository repository = new ForgedRepository();
    private final Memory store = new Memory();
    private final List<String> fetched = new ArrayList<>();
    private final TufClient client = new TufClient(new SpkiPublicKeyDecoder(), SignatureVerifiers.forOne().verifier());
    private int version;

    @BeforeEach
    void root() {
        repository.root(1, ForgedRepository.EXPIRES, 1, List.of(online), online, List.of(online));
    }

    private void publish(Delegation... delegations) {
        repository.delegating(delegations).state(++version, SOON, online, Map.of());
    }

    private ForgedRepository role(String name, ForgedKey key, Map<String, Bytes> targets, Delegation... further) {
        return repository.role(name, version + 1, SOON, List.of(key), targets, further);
    }

    private Optional<Bytes> found() throws Exception {
        TufMirror mirror = new TufMirror() {
            @Override
            public String name() {
                return "the test's mirror";
            }

            @Override
            public Optional<Bytes> fetch(String path, int limit) {
                fetched.add(path);
                return Optional.ofNullable(repository.files().get(path));
            }
        };
        Bytes firstRoot = Objects.requireNonNull(repository.files().get("1.root.json"));
        return client.update(mirror, store, Optional.of(firstRoot), List.of(FILE), NOW).file(FILE);
    }

    private void assertRefused(ErrorCode code) {
        assertEquals(code, assertThrows(TufException.class, this::found).problem().code());
    }

    @Test
    void aFileMayBeListedByWhomTheTopDelegatesTo() throws Exception {
        role("one", a, Map.of(FILE, FIRST));
        publish(Delegation.to("one", a, ALL));
        assertEquals(Optional.of(FIRST), found());
        assertEquals(Optional.of(FIRST), client.kept(store, NOW.plusSeconds(60)).file(FILE), "without the mirror too");
    }

    @Test
    void delegationsGoOn() throws Exception {
        role("one", a, Map.of(), Delegation.to("two", b, "\"paths\":[\"trusted_*.json\"]"));
        role("two", b, Map.of(FILE, FIRST));
        publish(Delegation.to("one", a, ALL));
        assertEquals(Optional.of(FIRST), found());
    }

    @Test
    void theTopsOwnListComesFirst() throws Exception {
        role("one", a, Map.of(FILE, SECOND));
        repository.delegating(Delegation.to("one", a, ALL)).state(1, SOON, online, Map.of(FILE, FIRST));
        assertEquals(Optional.of(FIRST), found());
        assertFalse(fetched.contains("1.one.json"), "nobody else is asked");
    }

    @Test
    void whoStandsFirstIsAskedFirstWithAllToWhomItDelegates() throws Exception {
        role("one", a, Map.of(), Delegation.to("deep", a, ALL));
        role("deep", a, Map.of(FILE, FIRST));
        role("two", b, Map.of(FILE, SECOND));
        publish(Delegation.to("one", a, ALL), Delegation.to("two", b, ALL));
        assertEquals(Optional.of(FIRST), found());
        assertFalse(fetched.contains("1.two.json"));
    }

    @Test
    void whoIsNotTrustedForAPathIsNotAskedAboutIt() throws Exception {
        role("one", a, Map.of(FILE, FIRST));
        role("two", b, Map.of(FILE, SECOND));
        publish(Delegation.to("one", a, "\"paths\":[\"other/*\",\"?.json\"]"), Delegation.to("two", b, ALL));
        assertEquals(Optional.of(SECOND), found());
        assertFalse(fetched.contains("1.one.json"));
    }

    @Test
    void pathsMayBeNamedByTheBeginningOfTheirHash() throws Exception {
        role("bin-0", a, Map.of(FILE, FIRST));
        role("bin-a", b, Map.of(FILE, SECOND));
        publish(Delegation.to("bin-0", a, "\"path_hash_prefixes\":[\"0\",\"" + FILE_HASH.substring(1, 4) + "\"]"),
                Delegation.to("bin-a", b, "\"path_hash_prefixes\":[\"" + FILE_HASH.substring(0, 4) + "\"]"));
        assertEquals(Optional.of(SECOND), found());
    }

    @Test
    void afterATerminatingDelegationNobodyElseIsAsked() throws Exception {
        role("one", a, Map.of(), Delegation.to("inner", a, ALL).last(), Delegation.to("never", b, ALL));
        role("inner", a, Map.of());
        role("never", b, Map.of(FILE, SECOND));
        publish(Delegation.to("one", a, ALL), Delegation.to("never", b, ALL));
        assertEquals(Optional.empty(), found());
    }

    @Test
    void aTerminatingDelegationForOtherPathsEndsNothing() throws Exception {
        role("one", a, Map.of());
        role("two", b, Map.of(FILE, SECOND));
        publish(Delegation.to("one", a, "\"paths\":[\"other.json\"]").last(), Delegation.to("two", b, ALL));
        assertEquals(Optional.of(SECOND), found());
    }

    @Test
    void delegationsInACircleEnd() throws Exception {
        role("one", a, Map.of(), Delegation.to("two", b, ALL));
        role("two", b, Map.of(), Delegation.to("one", a, ALL), Delegation.to("two", b, ALL));
        publish(Delegation.to("one", a, ALL));
        assertEquals(Optional.empty(), found());
        assertEquals(1, fetched.stream().filter("1.one.json"::equals).count());
    }

    @Test
    void soManyRolesAreAskedAndNoMore() throws Exception {
        for (int i = 0; i < TargetSearch.MAX_ROLES + 10; i++) {
            role("r" + i, a, Map.of(), Delegation.to("r" + (i + 1), a, ALL));
        }
        publish(Delegation.to("r0", a, ALL));
        assertEquals(Optional.empty(), found());
        assertTrue(fetched.contains("1.r31.json"));
        assertFalse(fetched.contains("1.r32.json"));
    }

    @Test
    void soManyKeysAsTheDelegationSaysHaveToHaveSigned() throws Exception {
        Delegation both = new Delegation("one", List.of(a, b), 2, false, ALL);
        repository.role("one", 1, SOON, List.of(a, a, online), Map.of(FILE, FIRST));
        publish(both);
        assertRefused(ErrorCode.TRUST_METADATA_UNSIGNED);
        repository.role("one", 2, SOON, List.of(a, b), Map.of(FILE, SECOND));
        publish(both);
        assertEquals(Optional.of(SECOND), found());
    }

    @Test
    void theKeysAreThoseOfWhoDelegates() {
        role("one", a, Map.of(), Delegation.to("shared", b, ALL));
        role("shared", online, Map.of(FILE, FIRST)); // whom the top would trust
        publish(Delegation.to("one", a, ALL));
        assertRefused(ErrorCode.TRUST_METADATA_UNSIGNED);
    }

    @Test
    void expiredMetadataOfARoleLeavesItUnknown() {
        repository.role("one", 1, PAST, List.of(a), Map.of(FILE, FIRST));
        publish(Delegation.to("one", a, ALL));
        assertRefused(ErrorCode.TRUST_METADATA_EXPIRED);
    }

    @Test
    void aRoleThatTheSnapshotDoesNotListIsRefused() {
        publish(Delegation.to("one", a, ALL));
        assertRefused(ErrorCode.TRUST_FILE_WRONG);
    }

    @Test
    void anotherVersionThanTheSnapshotListsIsRefused() {
        role("one", a, Map.of(FILE, FIRST));
        publish(Delegation.to("one", a, ALL));
        repository.role("one", 7, SOON, List.of(a), Map.of(FILE, SECOND));
        repository.files().put("1.one.json", Objects.requireNonNull(repository.files().get("7.one.json")));
        assertRefused(ErrorCode.TRUST_FILE_WRONG);
    }

    @Test
    void aRoleDoesNotGoBack() throws Exception {
        repository.role("one", 5, SOON, List.of(a), Map.of(FILE, FIRST));
        publish(Delegation.to("one", a, ALL));
        found();
        repository.role("one", 4, SOON, List.of(a), Map.of(FILE, SECOND));
        publish(Delegation.to("one", a, ALL));
        assertRefused(ErrorCode.TRUST_ROLLBACK);
    }

    @Test
    void whatARoleSaidIsVerifiedAnewWithoutTheMirror() throws Exception {
        role("one", a, Map.of(FILE, FIRST));
        publish(Delegation.to("one", a, ALL));
        found();
        TufStore.Kept kept = store.load().orElseThrow();
        repository.role("one", 1, SOON, List.of(b), Map.of(FILE, SECOND));
        Map<String, Bytes> changed = new HashMap<>(kept.files());
        changed.put("roles/one.json", Objects.requireNonNull(repository.files().get("1.one.json")));
        changed.put("targets/" + FILE, SECOND);
        store.save(new TufStore.Kept(changed, kept.pulledAt()));
        assertEquals(ErrorCode.TRUST_METADATA_UNSIGNED, assertThrows(TufException.class, () -> client.kept(store, NOW)).problem().code());
    }

    @ParameterizedTest
    @CsvSource({
        "*, trusted_root.json, true", "*, a/b, false", "a/*, a/b, true", "a/*, a/b/c, false", "*/*, a/b, true", "*.tgz, a.tgz, true", "*.tgz, a/b.tgz, false",
        "a?c, abc, true", "a?c, a/c, false", "?, '', false", "*a*b, xaxab, true", "*a*b, xaxa, false", "a, ab, false", "ab, a, false", "**, ab, true",
        "*b/c, ab/b/c, false", "[ab], a, false"
    })
    void patternsAreShellsWithoutSlashes(String pattern, String path, boolean fits) { // §4.5, PATHPATTERN
        assertEquals(fits, new Paths.Patterns(List.of(pattern)).include(path));
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
