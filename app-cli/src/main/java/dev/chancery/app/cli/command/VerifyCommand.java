package dev.chancery.app.cli.command;

import dev.chancery.app.cli.batch.BatchOptions;
import dev.chancery.app.cli.batch.VerifyBatchRun;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.OutcomeDocument;
import dev.chancery.app.cli.registry.ReferenceCheck;
import dev.chancery.app.cli.registry.ReferenceVerification;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.app.cli.verification.ArtifactVerification;
import dev.chancery.app.cli.verification.Judgement;
import dev.chancery.app.cli.verification.ResultDocument;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery verify`.
public final class VerifyCommand implements Command {
    private final ArtifactVerification artifacts;
    private final VerifyBatchRun batches;
    private final ReferenceVerification references;
    private final ReferenceCheck check;

    @Inject
    VerifyCommand(ArtifactVerification artifacts, VerifyBatchRun batches, ReferenceVerification references, ReferenceCheck check) {
        this.artifacts = artifacts;
        this.batches = batches;
        this.references = references;
        this.check = check;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("verify", "Verifies an artifact's signature or attestation. Opens no socket, but for a reference, and to look up revocation where that is wanted.",
                "  chancery verify app.tar.gz --key release.pub",
                "  chancery verify app.tar.gz --certificate-identity dev@example.com --certificate-oidc-issuer https://login.example.com"
                        + " --trusted-root trusted_root.json",
                "  chancery verify app.tar.gz --bundle app.tests.json --key release.pub --type https://example.com/tests/v1",
                "  chancery verify app.tar.gz --signature app.sig --key release.pub --output json",
                "  chancery verify app.tar.gz --bundle ada.json --bundle grace.json --policy release.yaml",
                "  chancery verify app.tar.gz --bundle app.tar.gz.quorum.json --policy release.yaml",
                "  chancery verify oci://registry.example.com/team/app:1.0 --key release.pub",
                "  chancery verify oci://registry.example.com/team/app:1.0 --policy release.yaml",
                "  chancery verify app.tar.gz --certificate-identity dev@example.com --certificate-oidc-issuer https://login.example.com"
                        + " --trusted-root trusted_root.json --crl authority.crl --offline",
                "  chancery verify --batch files.jsonl --key release.pub --output json");
        spec.addPositional(Options.parameter("ARTIFACT", "0..1", "A path, - for standard input, sha256:HEX, or oci://HOST/REPOSITORY:TAG."));
        ArtifactVerification.addEvidence(spec);
        TrustOptions.add(spec);
        spec.addOption(Options.value("--type", "URI", "The predicate type an attestation must have.").build());
        RegistryOptions.add(spec);
        VerifyBatchRun.addOptions(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        Optional<String> batch = BatchOptions.file(line);
        if (batch.isPresent()) {
            return batches.run(batch.get(), line, output);
        }
        String artifact = Options.single(line, "artifact");
        if (OciReference.isOne(artifact)) {
            return reference(line, artifact, output);
        }
        Judgement judgement = artifacts.verify(artifact, line, output);
        ResultDocument.show(artifact, judgement, false, output);
        return judgement.status();
    }

    private ExitStatus reference(ParseResult line, String artifact, Output output) throws ProblemException {
        if (Options.has(line, "--bundle") || Options.has(line, "--signature")) {
            throw new UsageException("what hangs on a reference is looked at, and a file was given too", "leave --bundle and --signature out");
        }
        if (Options.has(line, "--offline") && artifact.startsWith(OciReference.REGISTRY)) {
            throw new UsageException("--offline was given, and a registry is to be asked", "copy the artifact first: chancery copy " + artifact
                    + " oci-layout:FOLDER");
        }
        ReferenceVerification.Outcome outcome = references.verify(OciReference.parse(artifact), RegistryOptions.access(line), check.wanted(line));
        OutcomeDocument.show(outcome, output);
        return OutcomeDocument.status(outcome);
    }
}
