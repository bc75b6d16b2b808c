package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A TUF repository in the making: files as a mirror has them. The JSON is written canonically by hand, members in order, so that what is
/// signed is what stands there. Not thread-safe.
public final class ForgedRepository {
    /// When everything expires, unless a test says otherwise.
    public static final String EXPIRES = "2026-06-01T00:00:00Z";

    private final Map<String, Bytes> files = new LinkedHashMap<>();
    private final Map<String, Integer> roles = new TreeMap<>();
    private List<Delegation> delegations = List.of();

    /// Whom targets metadata trusts for some paths.
    ///
    /// @param paths as metadata has it: `"paths":["a/*"]` or `"path_hash_prefixes":["0a"]`
    public record Delegation(String name, List<ForgedKey> keys, int threshold, boolean terminating, String paths) {
        /// To one key.
        public static Delegation to(String name, ForgedKey key, String paths) {
            return new Delegation(name, List.of(key), 1, false, paths);
        }

        /// To one key, and to nobody else.
        public Delegation last() {
            return new Delegation(name, keys, threshold, true, paths);
        }
    }

    /// All files by name.
    public Map<String, Bytes> files() {
        return files;
    }

    /// Adds a root.
    ///
    /// @param threshold of the root's own keys
    /// @param online the key of timestamps, snapshots and targets
    /// @param signers who sign it
    public ForgedRepository root(int version, String expires, int threshold, List<ForgedKey> keys, ForgedKey online, List<ForgedKey> signers) {
        Map<String, String> all = new TreeMap<>();
        Stream.concat(keys.stream(), Stream.of(online)).forEach(key -> all.put(id(key), "\"" + id(key) + "\":" + key(key)));
        String role = "{\"keyids\":[\"" + id(online) + "\"],\"threshold\":1}";
        String signed = "{\"_type\":\"root\",\"consistent_snapshot\":true,\"expires\":\"" + expires + "\",\"keys\":{" + String.join(",", all.values())
                + "},\"roles\":{\"root\":{\"keyids\":[" + ids(keys)
                + "],\"threshold\":" + threshold + "},\"snapshot\":" + role + ",\"targets\":" + role + ",\"timestamp\":" + role
                + "},\"spec_version\":\"1.0.31\",\"version\":" + version + "}";
        files.put(version + ".root.json", envelope(signed, signers));
        return this;
    }

    /// Has the targets of the states to come delegate.
    public ForgedRepository delegating(Delegation... to) {
        delegations = List.of(to);
        return this;
    }

    /// Adds a delegated role's metadata, which the states to come list.
    public ForgedRepository role(String name, int version, String expires, List<ForgedKey> signers, Map<String, Bytes> targets, Delegation... further) {
        files.put(version + "." + name + ".json", targets(version, expires, signers, targets, List.of(further)));
        roles.put(name, version);
        return this;
    }

    private Bytes targets(int version, String expires, List<ForgedKey> signers, Map<String, Bytes> targets, List<Delegation> to) {
        String listed = new TreeMap<>(targets).entrySet().stream()
                .map(target -> "\"" + target.getKey() + "\":{\"hashes\":{\"sha256\":\"" + sha256(target.getValue()) + "\"},\"length\":"
                        + target.getValue().size() + "}")
                .collect(Collectors.joining(","));
        targets.forEach((path, content) -> files.put("targets/" + sha256(content) + "." + path, content));
        return envelope("{\"_type\":\"targets\"," + (to.isEmpty() ? "" : "\"delegations\":" + delegations(to) + ",") + "\"expires\":\"" + expires
                + "\",\"spec_version\":\"1.0.31\",\"targets\":{" + listed + "},\"version\":" + version + "}", signers);
    }

    private static String delegations(List<Delegation> to) {
        Map<String, String> keys = new TreeMap<>();
        to.stream().flatMap(delegation -> delegation.keys().stream()).forEach(key -> keys.put(id(key), "\"" + id(key) + "\":" + key(key)));
        return "{\"keys\":{" + String.join(",", keys.values()) + "},\"roles\":["
                + to.stream().map(delegation -> "{\"keyids\":[" + ids(delegation.keys()) + "],\"name\":\"" + delegation.name() + "\"," + delegation.paths()
                        + ",\"terminating\":" + delegation.terminating() + ",\"threshold\":" + delegation.threshold() + "}").collect(Collectors.joining(","))
                + "]}";
    }

    private static String ids(List<ForgedKey> keys) {
        return keys.stream().map(key -> "\"" + id(key) + "\"").collect(Collectors.joining(","));
    }

    /// Adds targets, snapshot and timestamp of one version, about some files.
    ///
    /// @param expires of the timestamp; the others stay good
    public ForgedRepository state(int version, String expires, ForgedKey online, Map<String, Bytes> targets) {
        files.put(version + ".targets.json", targets(version, EXPIRES, List.of(online), targets, delegations));
        Bytes snapshot = envelope("{\"_type\":\"snapshot\",\"expires\":\"" + EXPIRES + "\",\"meta\":{" + metadata(version)
                + "},\"spec_version\":\"1.0.31\",\"version\":" + version + "}", List.of(online));
        files.put(version + ".snapshot.json", snapshot);
        files.put("timestamp.json", envelope("{\"_type\":\"timestamp\",\"expires\":\"" + expires + "\",\"meta\":{\"snapshot.json\":{\"hashes\":{\"sha256\":\""
                + sha256(snapshot) + "\"},\"length\":" + snapshot.size() + ",\"version\":" + version + "}},\"spec_version\":\"1.0.31\",\"version\":"
                + version + "}", List.of(online)));
        return this;
    }

    /// Members in order, as everything is.
    private String metadata(int version) {
        Map<String, Integer> all = new TreeMap<>(Map.of("targets.json", version));
        roles.forEach((name, number) -> all.put(name + ".json", number));
        return all.entrySet().stream().map(file -> "\"" + file.getKey() + "\":{\"version\":" + file.getValue() + "}").collect(Collectors.joining(","));
    }

    private static String sha256(Bytes content) {
        return HashAlgorithm.SHA_256.digest(content).hex();
    }

    /// The id of a key: some text that is its own.
    public static String id(ForgedKey key) {
        return key.spkiHash().toHex();
    }

    private static String key(ForgedKey key) {
        boolean ed25519 = key.algorithm().equals("Ed25519");
        String value = ed25519 ? key.rawEd25519().toHex() : "-----BEGIN PUBLIC KEY-----\\n" + key.spki().toBase64() + "\\n-----END PUBLIC KEY-----\\n";
        return "{\"keytype\":\"" + (ed25519 ? "ed25519" : "ecdsa") + "\",\"keyval\":{\"public\":\"" + value + "\"},\"scheme\":\""
                + (ed25519 ? "ed25519" : "ecdsa-sha2-nistp256") + "\"}";
    }

    /// A PEM key's line breaks are bytes in canonical JSON, and escapes in JSON (TUF §4.1).
    private static Bytes envelope(String signed, List<ForgedKey> signers) {
        Bytes canonical = Bytes.ofUtf8(signed.replace("\\n", "\n"));
        String signatures = signers.stream()
                .map(key -> "{\"keyid\":\"" + id(key) + "\",\"sig\":\"" + key.sign(canonical).toHex() + "\"}")
                .collect(Collectors.joining(","));
        return Bytes.ofUtf8("{\"signatures\":[" + signatures + "],\"signed\":" + signed + "}");
    }
}
