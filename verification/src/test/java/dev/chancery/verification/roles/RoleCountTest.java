package dev.chancery.verification.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.verification.Trust;
import dev.chancery.verification.roles.RoleCount.Vote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleCountTest {
    private static final Trust ANYONE = new Trust.Key(new Ed25519PublicKey(Bytes.fromHex("00".repeat(32))), null);

    private static Role role(String name, int threshold, String... people) {
        return new Role(name, threshold, Stream.of(people).map(person -> new Role.Signer(person, ANYONE)).toList());
    }

    @Test
    void aPersonCountsOnceInARoleHoweverManyKeysTheyHave() {
        assertEquals(List.of(Set.of("ann")), RoleCount.count(List.of(role("release", 2, "ann", "bob")),
                Set.of(new Vote("key 1", 0, "ann"), new Vote("key 2", 0, "ann"))));
    }

    @Test
    void aSignatureCountsForOnePersonOnly() {
        assertEquals(1, RoleCount.count(List.of(role("release", 2, "ann", "bob")),
                Set.of(new Vote("key 1", 0, "ann"), new Vote("key 1", 0, "bob"))).getFirst().size());
    }

    @Test
    void aSignatureThatCouldCountForTwoGivesWayToOneThatCannot() {
        Set<Vote> votes = Set.of(new Vote("key 1", 0, "ann"), new Vote("key 1", 0, "bob"), new Vote("key 2", 0, "ann"));
        assertEquals(List.of(Set.of("ann", "bob")), RoleCount.count(List.of(role("release", 2, "ann", "bob")), votes));
    }

    @Test
    void aSignatureCountsInOneRoleOnly() {
        List<Role> roles = List.of(role("build", 1, "ann"), role("approve", 1, "ann", "bob"));
        assertEquals(1, RoleCount.count(roles, Set.of(new Vote("key 1", 0, "ann"), new Vote("key 1", 1, "ann"))).stream().mapToInt(Set::size).sum());
        assertEquals(List.of(Set.of("ann"), Set.of("bob")), RoleCount.count(roles,
                Set.of(new Vote("key 1", 0, "ann"), new Vote("key 1", 1, "ann"), new Vote("key 2", 1, "bob"))));
    }

    /// The expected number is found by trying every assignment.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 20261121})
    void asManyCountAsCanCountTogether(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<Role> roles = List.of(role("a", 1 + random.nextInt(3), "p0", "p1", "p2"), role("b", 1 + random.nextInt(2), "p0", "p1", "p3"));
            List<Vote> votes = new ArrayList<>();
            for (int signature = 0; signature < 5; signature++) {
                for (int role = 0; role < 2; role++) {
                    for (Role.Signer signer : roles.get(role).signers()) {
                        if (random.nextInt(3) == 0) {
                            votes.add(new Vote("s" + signature, role, signer.person()));
                        }
                    }
                }
            }
            int counted = RoleCount.count(roles, new HashSet<>(votes)).stream().mapToInt(Set::size).sum();
            assertEquals(best(roles, votes, 0, new HashSet<>()), counted, "round " + round + " of seed " + seed + ": " + votes);
        }
    }

    private static int best(List<Role> roles, List<Vote> votes, int signature, Set<List<Object>> taken) {
        if (signature == 5) {
            return taken.size();
        }
        int best = best(roles, votes, signature + 1, taken);
        for (Vote vote : votes) {
            List<Object> seat = List.of(vote.role(), vote.person());
            long inRole = taken.stream().filter(other -> other.getFirst().equals(vote.role())).count();
            if (vote.signature().equals("s" + signature) && !taken.contains(seat) && inRole < roles.get(vote.role()).threshold()) {
                taken.add(seat);
                best = Math.max(best, best(roles, votes, signature + 1, taken));
                taken.remove(seat);
            }
        }
        return best;
    }

    @Test
    void theOrderOfSignaturesDecidesNothing() {
        List<Role> roles = List.of(role("release", 2, "ann", "bob", "cem"));
        List<Vote> votes = IntStream.range(0, 6).mapToObj(i -> new Vote("key " + i / 2, 0, List.of("ann", "bob", "cem").get(i % 3))).toList();
        Set<Vote> reversed = new java.util.LinkedHashSet<>(votes.reversed());
        assertEquals(RoleCount.count(roles, new java.util.LinkedHashSet<>(votes)), RoleCount.count(roles, reversed));
    }
}
