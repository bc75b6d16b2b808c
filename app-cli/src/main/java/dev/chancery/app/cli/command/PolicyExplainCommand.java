package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.verification.ArtifactVerification;
import dev.chancery.app.cli.verification.Judgement;
import dev.chancery.app.cli.verification.ResultDocument;
import dev.chancery.app.cli.verification.RevocationOptions;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery policy explain`: verifies as `verify --policy` does, and shows each step of the decision.
public final class PolicyExplainCommand implements Command {
    private final ArtifactVerification artifacts;

    @Inject
    PolicyExplainCommand(ArtifactVerification artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("explain", "Verifies an artifact by a policy, and shows each step of the decision. Opens no socket, unless revocation is to be looked up.",
                "  chancery policy explain app.tar.gz --policy release.yaml --bundle ada.json --bundle grace.json",
                "  chancery policy explain app.tar.gz --policy release.yaml --trusted-root trusted_root.json");
        spec.addPositional(Options.parameter("ARTIFACT", "0..1", "A path, - for standard input, or sha256:HEX."));
        ArtifactVerification.addEvidence(spec);
        spec.addOption(Options.values("--policy", "FILE", "The policy; of several each must be met. The site's floor is one of them.").build());
        spec.addOption(Options.value("--keyring", "FILE", "The keyring whose entries the policy names.").build());
        RevocationOptions.addFiles(spec);
        spec.addOption(Options.flag("--offline", "Open no socket: always so, but where it matters whether a certificate was revoked.").build());
        spec.addOption(Options.values("--trusted-root", "FILE", "The authorities and logs you trust (trusted_root.json); several count together.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String artifact = Options.single(line, "artifact");
        if (TrustOptions.policies(line).isEmpty()) {
            throw new UsageException("--policy is missing", "add --policy FILE");
        }
        Judgement judgement = artifacts.verify(artifact, line, output);
        ResultDocument.show(artifact, judgement, true, output);
        return judgement.status();
    }
}
