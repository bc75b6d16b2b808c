package dev.chancery.app.cli.registry;

import dev.chancery.application.registry.SignatureFinder;
import dev.chancery.application.registry.Subject;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.Repository;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.image.ImageResult;
import dev.chancery.verification.image.ImageVerification;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import java.util.Optional;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Verifies what a reference means, by everything that hangs on it. Thread-safe.
public final class ReferenceVerification {
    private final Repositories repositories;
    private final SignatureFinder finder = new SignatureFinder();
    private final ImageVerifier verifier;

    @Inject
    public ReferenceVerification(Repositories repositories, ImageVerifier verifier) {
        this.repositories = repositories;
        this.verifier = verifier;
    }

    /// What came of a reference: a result, or why there can't be one.
    ///
    /// @param resultOrNull null when the artifact itself couldn't be looked up
    /// @param problemOrNull why; null when there is a result
    /// @param ignored how many referrers are of other kinds
    public record Outcome(OciReference reference, @Nullable ImageResult resultOrNull, @Nullable Problem problemOrNull, int ignored) {
        /// What it comes to: unknown when the artifact couldn't be looked up.
        public Verdict verdict() {
            return resultOrNull == null ? Verdict.UNKNOWN : resultOrNull.verdict();
        }

        /// What was verified.
        public Optional<Digest> artifact() {
            return Optional.ofNullable(resultOrNull).map(ImageResult::artifact);
        }
    }

    /// Verifies. Blocks for the registry.
    ///
    /// @throws RegistryException.Unusable when the user's own settings or credentials can't be used
    public Outcome verify(OciReference reference, RegistryAccess access, Wanted wanted) throws RegistryException.Unusable {
        try (Repository repository = repositories.open(reference.place(), access)) {
            Digest artifact = Subject.resolve(repository, reference).digest();
            ImageVerification verification = verifier.begin(artifact, wanted);
            SignatureFinder.Found found = finder.find(repository, artifact, verification::add);
            return new Outcome(reference, verification.result(found.missing()), null, found.ignored());
        } catch (RegistryException.Unusable e) {
            throw e;
        } catch (RegistryException e) {
            return new Outcome(reference, null, e.problem(), 0);
        }
    }
}
