package dev.chancery.application.registry;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.registry.Repository;
import dev.chancery.verification.image.ImageEvidence;
import java.util.List;
import java.util.function.Consumer;

/// Finds every signature and attestation beside an artifact, in every layout, and says what it could not read. Thread-safe; blocks.
///
/// Evidence is handed on as soon as it is read and not kept: at most [#AT_ONCE] pieces are in memory, however many there are.
public final class SignatureFinder {
    /// How many referrers of one artifact are read at the same time.
    public static final int AT_ONCE = 8;

    /// How much evidence for one artifact is read in all, in bytes: some 10 000 bundles of usual size.
    public static final long MOST_BYTES = 256L * 1024 * 1024;

    /// After how many failures of a registry it is asked nothing more about an artifact.
    public static final int MOST_FAILURES = 16;

    /// What was found beside what was handed on.
    ///
    /// @param ignored how many referrers are of other kinds, or are about something else than the list says
    /// @param missing what couldn't be read: there may be more evidence than was found
    public record Found(int ignored, List<Problem> missing) {
        public Found {
            missing = List.copyOf(missing);
        }
    }

    /// Looks everywhere at the same time. A place that fails is missing, and stops nothing.
    ///
    /// @param taker gets each piece of evidence, by several threads at once; nothing about it is verified
    public Found find(Repository repository, Digest artifact, Consumer<ImageEvidence> taker) {
        return new EvidenceSearch(repository, artifact, taker).run();
    }
}
