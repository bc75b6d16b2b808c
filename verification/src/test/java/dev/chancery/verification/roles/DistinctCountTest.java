package dev.chancery.verification.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.verification.roles.DistinctCount.Ballot;
import dev.chancery.verification.roles.DistinctCount.Count;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctCountTest {
    private static Ballot ballot(String signature, String name, String... marks) {
        return new Ballot(signature, 0, name, Set.of(marks));
    }

    @Test
    void twoWhoShareAnythingAreOne() {
        assertEquals(1, DistinctCount.of(List.of(2), Set.of(ballot("1", "ann", "ann", "vault"), ballot("2", "bob", "bob", "vault"))).counted().getFirst().size());
        assertEquals(List.of(Set.of("ann", "bob")),
                DistinctCount.of(List.of(2), Set.of(ballot("1", "ann", "ann", "vault"), ballot("2", "bob", "bob", "safe"))).counted());
    }

    /// Ann and Bob share a vault, and so do Bob and Cem: Ann and Cem are two.
    @Test
    void sharingIsNotPassedOn() {
        Set<Ballot> ballots = Set.of(ballot("1", "ann", "ann", "vault"), ballot("2", "bob", "bob", "vault", "safe"), ballot("3", "cem", "cem", "safe"));
        assertEquals(List.of(Set.of("ann", "cem")), DistinctCount.of(List.of(2), ballots).counted());
    }

    @Test
    void aSignatureCountsOnceOverAllRoles() {
        Set<Ballot> ballots = Set.of(new Ballot("1", 0, "ann", Set.of("ann")), new Ballot("1", 1, "ann", Set.of("ann")), new Ballot("2", 1, "bob", Set.of("bob")));
        assertEquals(List.of(Set.of("ann"), Set.of("bob")), DistinctCount.of(List.of(1, 1), ballots).counted());
    }

    /// The expected number is found by trying every subset.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 20261121})
    void asManyCountAsCanCountTogether(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Set<Ballot> ballots = new HashSet<>();
            for (int i = 0; i < 9; i++) {
                int person = random.nextInt(4);
                ballots.add(new Ballot("s" + random.nextInt(6), random.nextInt(2), "p" + person, Set.of("p" + person, "c" + random.nextInt(3))));
            }
            List<Integer> wanted = List.of(1 + random.nextInt(3), 1 + random.nextInt(2));
            Count count = DistinctCount.of(wanted, ballots);
            assertTrue(count.proven());
            assertEquals(best(wanted, List.copyOf(ballots)), count.counted().stream().mapToInt(Set::size).sum(),
                    "round " + round + " of seed " + seed + ": " + wanted + " " + ballots);
        }
    }

    private static int best(List<Integer> wanted, List<Ballot> ballots) {
        return IntStream.range(0, 1 << ballots.size())
                .mapToObj(bits -> IntStream.range(0, ballots.size()).filter(i -> (bits >> i & 1) == 1).mapToObj(ballots::get).toList())
                .filter(chosen -> fits(wanted, chosen)).mapToInt(List::size).max().orElseThrow();
    }

    private static boolean fits(List<Integer> wanted, List<Ballot> chosen) {
        if (chosen.stream().map(Ballot::signature).distinct().count() < chosen.size()) {
            return false;
        }
        for (int role = 0; role < wanted.size(); role++) {
            int of = role;
            List<Ballot> inRole = chosen.stream().filter(ballot -> ballot.role() == of).toList();
            List<String> marks = new ArrayList<>();
            inRole.forEach(ballot -> marks.addAll(ballot.marks()));
            if (inRole.size() > wanted.get(role) || new HashSet<>(marks).size() < marks.size()) {
                return false;
            }
        }
        return true;
    }

    /// Ninety people of three custodians each out of thirty: eleven of them can never differ in all, and no short way shows it.
    @Test
    void aSearchThatTakesTooLongSaysThatItProvesNothing() {
        Random random = new Random(7);
        List<String> custodians = IntStream.range(0, 30).mapToObj(i -> "c" + i).collect(Collectors.toCollection(ArrayList::new));
        Set<Ballot> ballots = new HashSet<>();
        for (int i = 0; i < 90; i++) {
            Collections.shuffle(custodians, random);
            ballots.add(ballot("s" + i, "p" + i, "p" + i, custodians.get(0), custodians.get(1), custodians.get(2)));
        }
        assertFalse(DistinctCount.of(List.of(11), ballots).proven());
    }
}
