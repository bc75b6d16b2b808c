package dev.chancery.adapters.oci.registry;

import dev.chancery.adapters.oci.http.Timing;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.ReferrerList;
import dev.chancery.ports.registry.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The list of referrers under a tag, for registries without the referrers API (distribution spec, *Referrers Tag Schema*).
///
/// Such a tag has no compare-and-swap: whoever writes last wins. So a writer sends `If-Match` where the registry offers a version, reads
/// what it wrote at once and once more after a while, and writes again what was lost: its own entry, and every entry of others that it
/// saw there during its work. What remains is a loss after the second look, by a writer that read the list before the first.
final class ReferrersTag {
    /// When the list is read again after it was written: the time a slow writer may take between its reading and its writing.
    private static final Duration SETTLE = Duration.ofMillis(400);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final Manifests manifests;
    private final Timing timing;
    private final RandomGenerator random = new SplittableRandom();

    ReferrersTag(Manifests manifests, Timing timing) {
        this.manifests = manifests;
        this.timing = timing;
    }

    /// The tag's name: the digest with a hyphen for its colon.
    static String of(Digest subject) {
        return subject.algorithm().inTotoName() + "-" + subject.hex();
    }

    /// What the list says now.
    ///
    /// @throws RegistryException when it can't be read or isn't one
    ReferrerList list(Digest subject) throws RegistryException {
        Optional<State> state = read(subject);
        return new ReferrerList(state.map(found -> List.copyOf(found.entries().values())).orElse(List.of()), null);
    }

    /// The list and the version of its tag.
    private record State(Map<Digest, Descriptor> entries, Map<String, String> annotations, @Nullable String etagOrNull) {}

    private Optional<State> read(Digest subject) throws RegistryException {
        Optional<Manifests.Tagged> tagged = manifests.get(of(subject));
        if (tagged.isEmpty()) {
            return Optional.empty();
        }
        try {
            OciDocument document = OciDocumentCodec.read(tagged.get().manifest());
            if (!(document instanceof OciDocument.Index index)) {
                throw notAList(subject, "expected an index, found " + document.mediaType());
            }
            Map<Digest, Descriptor> entries = new LinkedHashMap<>();
            index.manifests().forEach(entry -> entries.putIfAbsent(entry.digest(), entry));
            return Optional.of(new State(entries, index.annotations(), tagged.get().etagOrNull()));
        } catch (FormatException e) {
            throw notAList(subject, e.problem().why());
        }
    }

    private static RegistryException.Unsound notAList(Digest subject, String why) {
        return new RegistryException.Unsound(new Problem(ErrorCode.REGISTRY_ANSWER_UNSOUND, "the list of referrers at the tag " + of(subject)
                + " cannot be used", why, "find out who pushed something else to that tag, and remove it"), null);
    }

    /// Adds an entry and stays until it holds.
    ///
    /// @throws RegistryException.Lost when it doesn't within the time for tries
    /// @throws RegistryException when the list can't be read or written
    void add(Digest subject, Descriptor entry) throws RegistryException {
        Instant until = timing.clock().instant().plus(timing.tries());
        Map<Digest, Descriptor> seen = new LinkedHashMap<>();
        seen.put(entry.digest(), entry);
        int losses = 0;
        while (timing.clock().instant().isBefore(until)) {
            write(subject, seen);
            if (holds(subject, seen) && settles(subject, seen)) {
                return;
            }
            losses++;
            pause(between(SHORTEST_WAIT, LONGEST_WAIT));
        }
        throw new RegistryException.Lost(new Problem(ErrorCode.REFERRER_LOST, "the signature " + entry.digest()
                + " is stored, and not listed among those of " + subject, "other writers removed it " + losses + " times from the tag " + of(subject),
                "sign again when they are done"));
    }

    /// Reads the list, adds what is missing and writes it, unless nothing is.
    private void write(Digest subject, Map<Digest, Descriptor> seen) throws RegistryException {
        Optional<State> state = read(subject);
        Map<Digest, Descriptor> entries = new LinkedHashMap<>(state.map(State::entries).orElse(Map.of()));
        boolean complete = entries.keySet().containsAll(seen.keySet());
        entries.forEach(seen::putIfAbsent);
        if (complete) {
            return;
        }
        seen.forEach(entries::putIfAbsent);
        StoredManifest index = OciDocumentCodec.write(new OciDocument.Index(MediaTypes.INDEX, null, List.copyOf(entries.values()), null,
                state.map(State::annotations).orElse(Map.of())));
        if (index.content().size() > StoredManifest.MAX_LENGTH) {
            throw new RegistryException.Unsound(new Problem(ErrorCode.CONTENT_TOO_LARGE, "the list of referrers of " + subject + " was not written",
                    "it would have " + index.content().size() + " bytes, and a manifest has at most " + StoredManifest.MAX_LENGTH,
                    "use a registry with the referrers API, or remove old entries"), null);
        }
        manifests.put(of(subject), index, state.map(State::etagOrNull).filter(etag -> !etag.startsWith("W/")).orElse(null));
    }

    private boolean holds(Digest subject, Map<Digest, Descriptor> seen) throws RegistryException {
        Optional<State> now = read(subject);
        boolean holds = now.isPresent() && now.get().entries().keySet().containsAll(seen.keySet());
        now.ifPresent(state -> state.entries().forEach(seen::putIfAbsent));
        return holds;
    }

    private boolean settles(Digest subject, Map<Digest, Descriptor> seen) throws RegistryException {
        pause(between(SETTLE.dividedBy(2), SETTLE));
        return holds(subject, seen);
    }

    private Duration between(Duration least, Duration most) {
        synchronized (random) {
            return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis()));
        }
    }

    private void pause(Duration duration) throws RegistryException {
        try {
            timing.pause().pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException.Failed(new Problem(ErrorCode.REGISTRY_FAILED, "the work was ended", "it was interrupted", "start again"), e);
        }
    }
}
