package dev.chancery.verification.tuf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.tuf.TufDelegation;
import dev.chancery.domain.tuf.TufEnvelope;
import dev.chancery.domain.tuf.TufFile;
import dev.chancery.domain.tuf.TufKey;
import dev.chancery.domain.tuf.TufMetadata.Snapshot;
import dev.chancery.domain.tuf.TufMetadata.Targets;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.tuf.TufMetadataCodec;
import dev.chancery.ports.trust.TrustSourceException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks for files in the targets metadata and in that of those to whom it delegates (§5.6.7): depth first, in the order of the delegations,
/// each role once for a path, and nobody else after a terminating delegation. Not thread-safe.
final class TargetSearch {
    /// The most delegated roles that are asked about one path. A path that none of them lists isn't in the repository.
    static final int MAX_ROLES = 32;

    private final RoleSignatures signatures;
    private final Snapshot snapshot;
    private final Targets top;
    private final Source source;
    private final Instant now;
    private final Map<String, Bytes> files = new LinkedHashMap<>();
    private final Map<String, Targets> asked = new LinkedHashMap<>();

    /// Where metadata of delegated roles comes from.
    @FunctionalInterface
    interface Source {
        /// A role's file, unverified.
        ///
        /// @param listed what the snapshot says of it
        Bytes metadata(String role, TufFile listed) throws TufException, TrustSourceException;
    }

    TargetSearch(RoleSignatures signatures, Snapshot snapshot, Targets top, Source source, Instant now) {
        this.signatures = signatures;
        this.snapshot = snapshot;
        this.top = top;
        this.source = source;
        this.now = now;
    }

    /// A delegation by whoever has these keys.
    private record Edge(Map<String, TufKey> keys, TufDelegation delegation) {}

    /// What the repository says of a file; nothing when it has none at that path.
    Optional<TufFile> find(String path) throws TufException, TrustSourceException {
        Deque<Edge> left = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        Targets targets = top;
        while (true) {
            TufFile file = targets.files().get(path);
            if (file != null) {
                return Optional.of(file);
            }
            delegate(targets, path, left);
            Optional<Edge> next = next(left, seen);
            if (next.isEmpty() || seen.size() > MAX_ROLES) {
                return Optional.empty();
            }
            targets = ask(next.get());
        }
    }

    private static void delegate(Targets targets, String path, Deque<Edge> left) {
        List<Edge> further = new ArrayList<>();
        for (TufDelegation delegation : targets.delegations()) {
            if (delegation.paths().include(path)) {
                further.add(new Edge(targets.keys(), delegation));
                if (delegation.terminating()) {
                    left.clear();
                    break;
                }
            }
        }
        Collections.reverse(further);
        further.forEach(left::push);
    }

    private static Optional<Edge> next(Deque<Edge> left, Set<String> seen) {
        while (!left.isEmpty()) {
            Edge edge = left.pop();
            if (seen.add(edge.delegation().name())) {
                return Optional.of(edge);
            }
        }
        return Optional.empty();
    }

    /// The signatures are looked at each time: two who delegate to one role may trust different keys.
    private Targets ask(Edge edge) throws TufException, TrustSourceException {
        String role = edge.delegation().name();
        String name = role + ".json";
        TufFile listed = snapshot.files().get(name);
        if (listed == null) {
            throw TufException.wrong("snapshot.json", "expected it to list " + name + ", to whom is delegated, found that it doesn't");
        }
        Bytes json = files.get(role);
        if (json == null) {
            json = source.metadata(role, listed);
            files.put(role, json);
        }
        TufClient.matches(name, listed, json);
        try {
            TufEnvelope<Targets> envelope = TufMetadataCodec.targets(json);
            signatures.check(envelope, edge.keys(), edge.delegation().role(), name);
            TufClient.hasVersion(name, envelope.signed(), listed);
            TufClient.checkCurrent(envelope.signed(), name, now);
            asked.put(name, envelope.signed());
            return envelope.signed();
        } catch (FormatException e) {
            throw TufException.malformed(name, e);
        }
    }

    /// The files of the roles that were asked, by role.
    Map<String, Bytes> files() {
        return files;
    }

    /// The metadata of the roles that were asked, by file name.
    Map<String, Targets> asked() {
        return asked;
    }
}
