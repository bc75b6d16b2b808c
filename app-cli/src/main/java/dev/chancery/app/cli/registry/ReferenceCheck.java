package dev.chancery.app.cli.registry;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.registry.ReferenceVerification.Outcome;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.app.cli.verification.TrustReader;
import dev.chancery.application.registry.Subject;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.ParseResult;

/// Whether an artifact may be used, by the trust on the command line: asked before a byte of it goes anywhere.
public final class ReferenceCheck {
    private final ReferenceVerification verification;
    private final TrustReader trusts;

    @Inject
    ReferenceCheck(ReferenceVerification verification, TrustReader trusts) {
        this.verification = verification;
        this.trusts = trusts;
    }

    /// What the command line wants of a reference.
    ///
    /// @throws ProblemException when nobody is trusted, or a file can't be read
    public Wanted wanted(ParseResult line) throws ProblemException {
        Trust trust = trusts.read(TrustOptions.words(line));
        return new Wanted(trust, TrustOptions.requirements(line, trust), Options.text(line, "--type").orElse(ImageVerifier.SIGNATURE_TYPE));
    }

    /// Verifies exactly the manifest that was looked up, and shows the outcome when it isn't accepted.
    ///
    /// @return how the command ends when the artifact may not be used
    /// @throws ProblemException when the command line's trust can't be read
    public Optional<ExitStatus> refuse(ParseResult line, Subject subject, RegistryAccess access, Output output) throws ProblemException {
        Outcome outcome = verification.verify(subject.exact(), access, wanted(line));
        if (outcome.verdict() == Verdict.ACCEPTED) {
            return Optional.empty();
        }
        OutcomeDocument.show(outcome, output);
        return Optional.of(OutcomeDocument.status(outcome));
    }
}
