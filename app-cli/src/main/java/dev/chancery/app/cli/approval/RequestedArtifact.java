package dev.chancery.app.cli.approval;

import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.application.registry.Subject;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciPlace;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.Repository;
import javax.inject.Inject;
import picocli.CommandLine.ParseResult;

/// OCI artifacts in requests: what is signed of one is its manifest's digest.
final class RequestedArtifact {
    private final Repositories repositories;

    @Inject
    RequestedArtifact(Repositories repositories) {
        this.repositories = repositories;
    }

    /// The digest of what a reference means now.
    ///
    /// @throws ProblemException when it can't be looked up
    Digest digest(String reference, ParseResult line) throws ProblemException {
        return digest(OciReference.parse(reference), RegistryOptions.access(line));
    }

    /// The digest of an officer's own copy: in a layout or an archive, since approving opens no socket.
    ///
    /// @throws ProblemException when it is in a registry, or can't be looked up
    Digest ownCopy(String reference) throws ProblemException {
        OciReference parsed = OciReference.parse(reference);
        if (parsed.place() instanceof OciPlace.Registry) {
            throw new UsageException(reference + " is in a registry, and approving opens no socket",
                    "copy it before: chancery copy " + reference + " oci-archive:FILE, and give oci-archive:FILE:TAG");
        }
        return digest(parsed, RegistryAccess.USUAL);
    }

    private Digest digest(OciReference reference, RegistryAccess access) throws ProblemException {
        try (Repository repository = repositories.open(reference.place(), access)) {
            return Subject.resolve(repository, reference).digest();
        }
    }
}
