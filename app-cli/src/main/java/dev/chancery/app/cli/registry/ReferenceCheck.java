package dev.chancery.app.cli.registry;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.registry.ReferenceVerification.Outcome;
import dev.chancery.app.cli.verification.PolicyReader;
import dev.chancery.app.cli.verification.RevocationOptions;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.app.cli.verification.TrustReader;
import dev.chancery.application.registry.Subject;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.image.ImageVerifier.ByTrust;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import dev.chancery.verification.policy.BoundPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.ParseResult;

/// Whether an artifact may be used, by the trust or the policies on the command line and the site's floor: asked before a byte of it goes anywhere.
public final class ReferenceCheck {
    private final ReferenceVerification verification;
    private final TrustReader trusts;
    private final PolicyReader policies;
    private final RevocationOptions revocations;

    @Inject
    ReferenceCheck(ReferenceVerification verification, TrustReader trusts, PolicyReader policies, RevocationOptions revocations) {
        this.verification = verification;
        this.trusts = trusts;
        this.policies = policies;
        this.revocations = revocations;
    }

    /// Whether the command line says whose signature it must be.
    ///
    /// @throws ProblemException when it contradicts itself
    public static boolean isWanted(ParseResult line) throws ProblemException {
        return !TrustOptions.policies(line).isEmpty() || !TrustOptions.words(line).isEmpty();
    }

    /// What the command line wants of a reference, and the site's floor beside that.
    ///
    /// @throws ProblemException when nobody is trusted, or a file can't be read
    public Wanted wanted(ParseResult line) throws ProblemException {
        List<String> named = TrustOptions.policies(line);
        RevocationSource source = revocations.source(line);
        List<BoundPolicy> deciding = new ArrayList<>(policies.floor(source));
        deciding.addAll(policies.read(named, Options.many(line, "--trusted-root"), TrustOptions.keyring(line), source));
        return new Wanted(named.isEmpty() ? byTrust(line) : null, deciding);
    }

    private ByTrust byTrust(ParseResult line) throws ProblemException {
        Trust trust = trusts.read(TrustOptions.words(line));
        return new ByTrust(trust, revocations.requirements(line, trust), Options.text(line, "--type").orElse(ImageVerifier.SIGNATURE_TYPE));
    }

    /// Verifies exactly the manifest that was looked up, and shows the outcome when it isn't accepted.
    ///
    /// @return how the command ends when the artifact may not be used
    /// @throws ProblemException when the user's own settings or credentials can't be used
    public Optional<ExitStatus> refuse(Wanted wanted, Subject subject, RegistryAccess access, Output output) throws ProblemException {
        Outcome outcome = verification.verify(subject.exact(), access, wanted);
        if (outcome.verdict() == Verdict.ACCEPTED) {
            return Optional.empty();
        }
        OutcomeDocument.show(outcome, output);
        return Optional.of(OutcomeDocument.status(outcome));
    }
}
