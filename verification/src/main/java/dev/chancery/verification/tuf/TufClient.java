package dev.chancery.verification.tuf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.tuf.TufEnvelope;
import dev.chancery.domain.tuf.TufFile;
import dev.chancery.domain.tuf.TufMetadata;
import dev.chancery.domain.tuf.TufMetadata.Root;
import dev.chancery.domain.tuf.TufMetadata.Snapshot;
import dev.chancery.domain.tuf.TufMetadata.Targets;
import dev.chancery.domain.tuf.TufMetadata.Timestamp;
import dev.chancery.domain.tuf.TufRole;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.tuf.TufMetadataCodec;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.ports.trust.TrustSourceException;
import dev.chancery.ports.trust.TufMirror;
import dev.chancery.ports.trust.TufStore;
import dev.chancery.ports.trust.TufStore.Kept;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings trust up to date from a mirror, or reads what was brought before. Thread-safe; blocks.
public final class TufClient {
    /// The most new roots of one update (§5.3.3).
    public static final int MAX_ROOTS = 256;

    /// The largest target that is read, in bytes.
    public static final int MAX_TARGET = 16 * 1024 * 1024;

    private static final String ROOT = "root.json";
    private static final String TIMESTAMP = "timestamp.json";
    private static final String SNAPSHOT = "snapshot.json";
    private static final String TARGETS = "targets.json";
    private static final String TARGET_FOLDER = "targets/";
    private static final String ROLE_FOLDER = "roles/";

    private final RoleSignatures signatures;

    public TufClient(PublicKeyDecoder keys, SignatureVerifier verifier) {
        this.signatures = new RoleSignatures(keys, verifier);
    }

    /// Brings trust up to date, and keeps it.
    ///
    /// @param firstRoot whom to trust for the first time; later what was kept counts
    /// @param wanted paths of targets; those that the repository hasn't are left out
    /// @param now when the update starts: nothing may have expired by then
    /// @throws TufException when the mirror's files are not to be trusted
    /// @throws TrustSourceException when mirror or store can't be used
    public CurrentTrust update(TufMirror mirror, TufStore store, Optional<Bytes> firstRoot, List<String> wanted, Instant now)
            throws TufException, TrustSourceException {
        Optional<Kept> kept = store.load();
        Bytes trusted = kept.map(before -> before.files().get(ROOT)).or(() -> firstRoot).orElseThrow(TufException::nothingTrusted);
        Bytes rootBytes = newestRoot(mirror, trusted);
        Root root = root(rootBytes, ROOT).signed();
        Map<String, Bytes> before = new HashMap<>(kept.map(Kept::files).orElse(Map.of()));
        if (!rootBytes.equals(trusted)) {
            if (hasRotated(root(trusted, ROOT).signed(), root)) { // §5.3.11: recovery from a key thief's version numbers
                before.remove(TIMESTAMP);
                before.remove(SNAPSHOT);
            }
            before.put(ROOT, rootBytes);
            if (kept.isPresent()) {
                store.save(new Kept(before, kept.get().pulledAt()));
            }
        }
        checkCurrent(root, ROOT, now);
        Map<String, Bytes> files = fetch(mirror, root, before, wanted, now);
        files.put(ROOT, rootBytes);
        CurrentTrust current = current(files, now, now);
        store.save(new Kept(files, now));
        return current;
    }

    /// What was brought before, verified anew. Asks no mirror.
    ///
    /// @throws TufException when nothing was, it was changed, or has expired meanwhile
    /// @throws TrustSourceException when the store can't be read
    public CurrentTrust kept(TufStore store, Instant now) throws TufException, TrustSourceException {
        Kept kept = store.load().orElseThrow(TufException::nothingTrusted);
        return current(kept.files(), kept.pulledAt(), now);
    }

    /// §5.3: each root is signed by the keys of the one before it and by its own.
    private Bytes newestRoot(TufMirror mirror, Bytes trusted) throws TufException, TrustSourceException {
        Bytes newest = trusted;
        TufEnvelope<Root> current = root(trusted, ROOT);
        signatures.check(current, current.signed(), TufRole.Name.ROOT, ROOT);
        for (int i = 0; i < MAX_ROOTS; i++) {
            String file = (current.signed().version() + 1) + "." + ROOT;
            Optional<Bytes> next = mirror.fetch(file, TufMetadataCodec.MAX_LENGTH);
            if (next.isEmpty()) {
                return newest;
            }
            TufEnvelope<Root> envelope = root(next.get(), file);
            signatures.check(envelope, current.signed(), TufRole.Name.ROOT, file);
            signatures.check(envelope, envelope.signed(), TufRole.Name.ROOT, file);
            if (envelope.signed().version() != current.signed().version() + 1) {
                throw TufException.wrong(file, "expected version " + (current.signed().version() + 1) + ", found " + envelope.signed().version());
            }
            newest = next.get();
            current = envelope;
        }
        throw TufException.wrong(ROOT, "expected at most " + MAX_ROOTS + " new versions, found more: start from a newer --root");
    }

    private static boolean hasRotated(Root before, Root after) {
        for (TufRole.Name name : List.of(TufRole.Name.TIMESTAMP, TufRole.Name.SNAPSHOT)) {
            TufRole old = before.role(name);
            if (!old.equals(after.role(name)) || old.keyIds().stream().anyMatch(id ->
                    !Optional.ofNullable(before.keys().get(id)).equals(Optional.ofNullable(after.keys().get(id))))) {
                return true;
            }
        }
        return false;
    }

    /// §5.4 to §5.7.
    private Map<String, Bytes> fetch(TufMirror mirror, Root root, Map<String, Bytes> before, List<String> wanted, Instant now)
            throws TufException, TrustSourceException {
        Map<String, Bytes> files = new LinkedHashMap<>();
        Bytes timestampBytes = required(mirror, TIMESTAMP);
        Timestamp timestamp = timestamp(timestampBytes, root);
        Optional<Timestamp> oldTimestamp = old(before, TIMESTAMP, kept -> timestamp(kept, root));
        if (oldTimestamp.isPresent()) {
            notBelow(TIMESTAMP, timestamp.version(), oldTimestamp.get().version());
            notBelow(SNAPSHOT, timestamp.snapshot().version(), oldTimestamp.get().snapshot().version());
        }
        checkCurrent(timestamp, TIMESTAMP, now);
        Bytes snapshotBytes = required(mirror, named(root, timestamp.snapshot().version(), SNAPSHOT));
        Snapshot snapshot = snapshot(snapshotBytes, root, timestamp);
        Optional<Snapshot> oldSnapshot = old(before, SNAPSHOT,
                kept -> signed(TufMetadataCodec.snapshot(kept), root, TufRole.Name.SNAPSHOT, SNAPSHOT));
        if (oldSnapshot.isPresent()) {
            for (Map.Entry<String, TufFile> file : oldSnapshot.get().files().entrySet()) {
                TufFile found = snapshot.files().get(file.getKey());
                notBelow(file.getKey(), found == null ? 0 : found.version(), file.getValue().version());
            }
        }
        checkCurrent(snapshot, SNAPSHOT, now);
        Bytes targetsBytes = required(mirror, named(root, targetsFile(snapshot).version(), TARGETS));
        Targets targets = targets(targetsBytes, root, snapshot);
        checkCurrent(targets, TARGETS, now);
        files.put(TIMESTAMP, timestampBytes);
        files.put(SNAPSHOT, snapshotBytes);
        files.put(TARGETS, targetsBytes);
        TargetSearch search = new TargetSearch(signatures, snapshot, targets,
                (role, listed) -> required(mirror, named(root, listed.version(), quoted(role) + ".json")), now);
        for (String path : wanted) {
            Optional<TufFile> file = search.find(path);
            if (file.isPresent()) {
                files.put(TARGET_FOLDER + path, target(mirror, root, path, file.get(), before.get(TARGET_FOLDER + path)));
            }
        }
        search.files().forEach((role, json) -> files.put(ROLE_FOLDER + quoted(role) + ".json", json));
        return files;
    }

    private static Bytes target(TufMirror mirror, Root root, String path, TufFile file, @org.jspecify.annotations.Nullable Bytes before)
            throws TufException, TrustSourceException {
        if (before != null && file.is(before)) {
            return before;
        }
        if (file.length().isEmpty() || file.length().getAsLong() > MAX_TARGET) {
            throw TufException.wrong(path, "expected at most " + MAX_TARGET + " bytes, found " + file.length());
        }
        int slash = path.lastIndexOf('/') + 1;
        String name = root.consistentSnapshot() ? path.substring(0, slash) + strongest(file).hex() + "." + path.substring(slash) : path;
        Bytes content = mirror.fetch(TARGET_FOLDER + name, (int) file.length().getAsLong())
                .orElseThrow(() -> TufException.wrong(path, "expected it on the mirror, found nothing"));
        if (!file.is(content)) {
            throw TufException.wrong(path, "expected " + strongest(file) + ", found " + HashAlgorithm.SHA_256.digest(content));
        }
        return content;
    }

    /// Any of the digests names the file (§6.2); SHA-256 is the one that repositories write.
    private static Digest strongest(TufFile file) {
        return file.digests().getFirst();
    }

    /// All of it anew, from the root that was reached on: what lies in files may have been changed there.
    private CurrentTrust current(Map<String, Bytes> files, Instant pulledAt, Instant now) throws TufException, TrustSourceException {
        TufEnvelope<Root> envelope = root(file(files, ROOT), ROOT);
        Root root = envelope.signed();
        signatures.check(envelope, root, TufRole.Name.ROOT, ROOT);
        Timestamp timestamp = timestamp(file(files, TIMESTAMP), root);
        Snapshot snapshot = snapshot(file(files, SNAPSHOT), root, timestamp);
        Targets targets = targets(file(files, TARGETS), root, snapshot);
        TargetSearch search = new TargetSearch(signatures, snapshot, targets, (role, _) -> file(files, ROLE_FOLDER + quoted(role) + ".json"), now);
        Map<String, Bytes> found = found(files, search);
        Map<String, TufMetadata> all = new HashMap<>(search.asked());
        all.putAll(Map.of(ROOT, root, TIMESTAMP, timestamp, SNAPSHOT, snapshot, TARGETS, targets));
        Instant validUntil = root.expires();
        Map<String, Long> versions = new HashMap<>();
        for (Map.Entry<String, TufMetadata> entry : all.entrySet()) {
            checkCurrent(entry.getValue(), entry.getKey(), now);
            validUntil = entry.getValue().expires().isBefore(validUntil) ? entry.getValue().expires() : validUntil;
            versions.put(entry.getKey().replace(".json", ""), entry.getValue().version());
        }
        return new CurrentTrust(found, versions, validUntil, pulledAt);
    }

    private static Map<String, Bytes> found(Map<String, Bytes> files, TargetSearch search) throws TufException, TrustSourceException {
        Map<String, Bytes> found = new HashMap<>();
        for (Map.Entry<String, Bytes> file : files.entrySet()) {
            if (file.getKey().startsWith(TARGET_FOLDER)) {
                String path = file.getKey().substring(TARGET_FOLDER.length());
                Optional<TufFile> listed = search.find(path);
                if (listed.isEmpty() || !listed.get().is(file.getValue())) {
                    throw TufException.wrong(path, "expected what the targets metadata lists, found something else");
                }
                found.put(path, file.getValue());
            }
        }
        return found;
    }

    private static Bytes file(Map<String, Bytes> files, String name) throws TufException {
        Bytes file = files.get(name);
        if (file == null) {
            throw TufException.nothingTrusted();
        }
        return file;
    }

    private interface Reading<T> {
        T read(Bytes kept) throws TufException, FormatException;
    }

    /// What was trusted before, to be compared with (§5.4.3, §5.5.5); nothing where nothing is kept. It was verified when it was kept, and is
    /// taken away when its keys change (§5.3.11): so what doesn't verify now was changed since, and to go on without it would let a mirror
    /// go back.
    private static <T> Optional<T> old(Map<String, Bytes> before, String name, Reading<T> reading) throws TufException {
        Bytes kept = before.get(name);
        if (kept == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.read(kept));
        } catch (TufException e) {
            throw TufException.changed(name, e.problem());
        } catch (FormatException e) {
            throw TufException.changed(name, e.problem());
        }
    }

    private static TufEnvelope<Root> root(Bytes json, String file) throws TufException {
        try {
            return TufMetadataCodec.root(json);
        } catch (FormatException e) {
            throw TufException.malformed(file, e);
        }
    }

    private Timestamp timestamp(Bytes json, Root root) throws TufException {
        try {
            return signed(TufMetadataCodec.timestamp(json), root, TufRole.Name.TIMESTAMP, TIMESTAMP);
        } catch (FormatException e) {
            throw TufException.malformed(TIMESTAMP, e);
        }
    }

    private Snapshot snapshot(Bytes json, Root root, Timestamp timestamp) throws TufException {
        matches(SNAPSHOT, timestamp.snapshot(), json);
        try {
            Snapshot snapshot = signed(TufMetadataCodec.snapshot(json), root, TufRole.Name.SNAPSHOT, SNAPSHOT);
            hasVersion(SNAPSHOT, snapshot, timestamp.snapshot());
            return snapshot;
        } catch (FormatException e) {
            throw TufException.malformed(SNAPSHOT, e);
        }
    }

    private Targets targets(Bytes json, Root root, Snapshot snapshot) throws TufException {
        matches(TARGETS, targetsFile(snapshot), json);
        try {
            Targets targets = signed(TufMetadataCodec.targets(json), root, TufRole.Name.TARGETS, TARGETS);
            hasVersion(TARGETS, targets, targetsFile(snapshot));
            return targets;
        } catch (FormatException e) {
            throw TufException.malformed(TARGETS, e);
        }
    }

    private <T extends TufMetadata> T signed(TufEnvelope<T> envelope, Root root, TufRole.Name role, String file) throws TufException {
        signatures.check(envelope, root, role, file);
        return envelope.signed();
    }

    private static TufFile targetsFile(Snapshot snapshot) throws TufException {
        TufFile file = snapshot.files().get(TARGETS);
        if (file == null) {
            throw TufException.wrong(SNAPSHOT, "expected it to list targets.json, found that it doesn't");
        }
        return file;
    }

    static void matches(String name, TufFile listed, Bytes json) throws TufException {
        if (!listed.is(json)) {
            throw TufException.wrong(name, "expected what the metadata above it lists, found something else");
        }
    }

    static void hasVersion(String name, TufMetadata found, TufFile listed) throws TufException {
        if (found.version() != listed.version()) {
            throw TufException.wrong(name, "expected version " + listed.version() + ", found " + found.version());
        }
    }

    private static void notBelow(String name, long found, long trusted) throws TufException {
        if (found < trusted) {
            throw TufException.rollback(name, found, trusted);
        }
    }

    static void checkCurrent(TufMetadata metadata, String name, Instant now) throws TufException {
        if (!now.isBefore(metadata.expires())) {
            throw TufException.expired(name, metadata.expires(), now);
        }
    }

    /// A role's name as a part of a URL: it may hold anything.
    private static String quoted(String role) {
        return URLEncoder.encode(role, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static String named(Root root, long version, String name) {
        return root.consistentSnapshot() ? version + "." + name : name;
    }

    private static Bytes required(TufMirror mirror, String name) throws TufException, TrustSourceException {
        return mirror.fetch(name, TufMetadataCodec.MAX_LENGTH)
                .orElseThrow(() -> TufException.wrong(name, "expected it on the mirror, found nothing"));
    }
}
