package dev.chancery.verification.roles;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Settles which signature counts for whom where signers must differ in several things at once, so that as many as possible count.
///
/// With one thing to differ in that is a matching, which [RoleCount] finds by a flow. With two or more it is a three-dimensional matching, for
/// which nobody knows a fast way (Karp 1972, no. 17), so that it is searched for, up to [#MAX_STEPS]. Only signatures that verified as
/// somebody's whom the policy names get here, so that a stranger can't make the search long.
public final class DistinctCount {
    /// How long the search goes on.
    static final int MAX_STEPS = 1_000_000;

    private final List<Integer> wanted;
    private final List<List<Ballot>> ballots;
    private final List<Set<String>> taken = new ArrayList<>();
    private final List<List<Ballot>> chosen = new ArrayList<>();
    private final int enough;
    private List<Set<String>> best;
    private int bestSize;
    private int size;
    private int steps;

    /// A signature and someone it may count for.
    ///
    /// @param signature what tells signatures apart; each counts once over all roles
    /// @param role index of the role
    /// @param name whom it counts for, in the result
    /// @param marks what no two of those who count in a role may have in common
    public record Ballot(String signature, int role, String name, Set<String> marks) {
        public Ballot {
            marks = Set.copyOf(marks);
        }
    }

    /// What was found.
    ///
    /// @param counted the names for each role
    /// @param proven whether more can't count together
    public record Count(List<Set<String>> counted, boolean proven) {
        public Count {
            counted = List.copyOf(counted);
        }
    }

    private DistinctCount(List<Integer> wanted, Set<Ballot> votes) {
        this.wanted = wanted;
        Map<String, List<Ballot>> bySignature = new TreeMap<>();
        votes.stream().sorted(Comparator.comparingInt(Ballot::role).thenComparing(Ballot::name).thenComparing(ballot -> new TreeSet<>(ballot.marks()).toString()))
                .forEach(ballot -> bySignature.computeIfAbsent(ballot.signature(), _ -> new ArrayList<>()).add(ballot));
        ballots = new ArrayList<>(bySignature.values());
        ballots.sort(Comparator.comparingInt(List::size));
        wanted.forEach(_ -> {
            taken.add(new HashSet<>());
            chosen.add(new ArrayList<>());
        });
        best = names();
        enough = wanted.stream().mapToInt(Integer::intValue).sum();
    }

    /// As many as can count together.
    ///
    /// @param wanted how many each role wants
    public static Count of(List<Integer> wanted, Set<Ballot> votes) {
        DistinctCount count = new DistinctCount(wanted, votes);
        count.search(0);
        return new Count(count.best, count.steps <= MAX_STEPS || count.bestSize == count.enough);
    }

    private void search(int next) {
        if (size > bestSize) {
            bestSize = size;
            best = names();
        }
        if (next == ballots.size() || bestSize == enough || size + Math.min(ballots.size() - next, enough - size) <= bestSize || ++steps > MAX_STEPS) {
            return;
        }
        for (Ballot ballot : ballots.get(next)) {
            List<Ballot> ofRole = chosen.get(ballot.role());
            Set<String> marks = taken.get(ballot.role());
            if (ofRole.size() < wanted.get(ballot.role()) && Collections.disjoint(marks, ballot.marks())) {
                ofRole.add(ballot);
                marks.addAll(ballot.marks());
                size++;
                search(next + 1);
                size--;
                marks.removeAll(ballot.marks());
                ofRole.removeLast();
            }
        }
        search(next + 1);
    }

    private List<Set<String>> names() {
        return chosen.stream().<Set<String>>map(ofRole -> new TreeSet<>(ofRole.stream().map(Ballot::name).toList())).toList();
    }
}
