package dev.chancery.verification.roles;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Settles which signature counts for whom, so that as many as possible count.
public final class RoleCount {
    /// A signature and someone it may count for.
    ///
    /// @param signature what tells signatures apart: the key or the certified identity
    /// @param role index of the role
    public record Vote(String signature, int role, String person) {}

    private RoleCount() {}

    static List<Set<String>> count(List<Role> roles, Set<Vote> votes) {
        return matching(roles.stream().map(Role::threshold).toList(), votes);
    }

    /// The people who count for each role, as many as can be together.
    ///
    /// @param roles how many people each wants
    public static List<Set<String>> matching(List<Integer> roles, Set<Vote> votes) {
        List<String> signatures = new ArrayList<>(new TreeSet<>(votes.stream().map(Vote::signature).toList()));
        List<Map.Entry<Integer, String>> seats = new ArrayList<>(new LinkedHashSet<>(votes.stream()
                .map(vote -> Map.entry(vote.role(), vote.person())).sorted(Map.Entry.<Integer, String>comparingByKey()
                        .thenComparing(Map.Entry.comparingByValue())).toList()));
        int source = 0;
        int firstSignature = 1;
        int firstSeat = firstSignature + signatures.size();
        int firstRole = firstSeat + seats.size();
        int sink = firstRole + roles.size();
        UnitFlow flow = new UnitFlow(sink + 1);
        for (int i = 0; i < signatures.size(); i++) {
            flow.allow(source, firstSignature + i, 1);
        }
        for (Vote vote : votes) {
            flow.allow(firstSignature + signatures.indexOf(vote.signature()), firstSeat + seats.indexOf(Map.entry(vote.role(), vote.person())), 1);
        }
        for (int i = 0; i < seats.size(); i++) {
            flow.allow(firstSeat + i, firstRole + seats.get(i).getKey(), 1);
        }
        for (int i = 0; i < roles.size(); i++) {
            flow.allow(firstRole + i, sink, roles.get(i));
        }
        flow.run(source, sink);
        List<Set<String>> people = new ArrayList<>();
        roles.forEach(_ -> people.add(new TreeSet<>()));
        for (int i = 0; i < seats.size(); i++) {
            if (flow.flow(firstSeat + i, firstRole + seats.get(i).getKey()) > 0) {
                people.get(seats.get(i).getKey()).add(seats.get(i).getValue());
            }
        }
        return people;
    }
}
