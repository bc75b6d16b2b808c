package dev.chancery.verification.roles;

import java.util.Arrays;

/// A maximum flow by augmenting paths (Ford and Fulkerson), over graphs of a few hundred nodes with small capacities. Not thread-safe.
final class UnitFlow {
    private final int[][] left;
    private final boolean[] visited;

    UnitFlow(int nodes) {
        left = new int[nodes][nodes];
        visited = new boolean[nodes];
    }

    void allow(int from, int to, int capacity) {
        left[from][to] = capacity;
    }

    /// The largest flow; afterwards [#flow(int, int)] says where it goes.
    int run(int source, int sink) {
        int total = 0;
        while (augment(source, sink)) {
            total++;
            Arrays.fill(visited, false);
        }
        Arrays.fill(visited, false);
        return total;
    }

    /// What flows along an edge that was given in this direction only.
    int flow(int from, int to) {
        return left[to][from];
    }

    private boolean augment(int node, int sink) {
        if (node == sink) {
            return true;
        }
        visited[node] = true;
        for (int next = 0; next < left.length; next++) {
            if (left[node][next] > 0 && !visited[next] && augment(next, sink)) {
                left[node][next]--;
                left[next][node]++;
                return true;
            }
        }
        return false;
    }
}
