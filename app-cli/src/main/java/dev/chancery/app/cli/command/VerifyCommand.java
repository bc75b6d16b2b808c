package dev.chancery.app.cli.command;

import dev.chancery.app.cli.batch.BatchOptions;
import dev.chancery.app.cli.batch.VerifyBatchRun;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.OutcomeDocument;
import dev.chancery.app.cli.registry.ReferenceVerification;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.app.cli.verification.ArtifactVerification;
import dev.chancery.app.cli.verification.Judgement;
import dev.chancery.app.cli.verification.PolicyReader;
import dev.chancery.app.cli.verification.ResultDocument;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.app.cli.verification.TrustReader;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.verification.Trust;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery verify`.
public final class VerifyCommand implements Command {
    private final ArtifactVerification artifacts;
    private final PolicyReader policies;
    private final TrustReader trusts;
    private final VerifyBatchRun batches;
    private final ReferenceVerification references;

    @Inject
    VerifyCommand(ArtifactVerification artifacts, PolicyReader policies, TrustReader trusts, VerifyBatchRun batches, ReferenceVerification references) {
        this.artifacts = artifacts;
        this.policies = policies;
        this.trusts = trusts;
        this.batches = batches;
        this.references = references;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("verify", "Verifies an artifact's signature or attestation. Opens no socket, but for a reference.",
                "  chancery verify app.tar.gz --key release.pub",
                "  chancery verify app.tar.gz --certificate-identity dev@example.com --certificate-oidc-issuer https://login.example.com"
                        + " --trusted-root trusted_root.json",
                "  chancery verify app.tar.gz --bundle app.tests.json --key release.pub --type https://example.com/tests/v1",
                "  chancery verify app.tar.gz --signature app.sig --key release.pub --output json",
                "  chancery verify app.tar.gz --bundle ada.json --bundle grace.json --policy release.yaml",
                "  chancery verify oci://registry.example.com/team/app:1.0 --key release.pub",
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
        if (!TrustOptions.policies(line).isEmpty() || !policies.floor().isEmpty()) {
            throw new UsageException("a policy applies, and policies are not held against references yet", "verify the artifact's files and bundles instead");
        }
        Trust trust = trusts.read(TrustOptions.words(line));
        if (Options.has(line, "--bundle") || Options.has(line, "--signature")) {
            throw new UsageException("what hangs on a reference is looked at, and a file was given too", "leave --bundle and --signature out");
        }
        if (Options.has(line, "--offline") && artifact.startsWith(OciReference.REGISTRY)) {
            throw new UsageException("--offline was given, and a registry is to be asked", "copy the artifact first: chancery copy " + artifact
                    + " oci-layout:FOLDER");
        }
        Wanted wanted = new Wanted(trust, TrustOptions.requirements(line, trust), Options.text(line, "--type").orElse(ImageVerifier.SIGNATURE_TYPE));
        ReferenceVerification.Outcome outcome = references.verify(OciReference.parse(artifact), RegistryOptions.access(line), wanted);
        OutcomeDocument.show(outcome, output);
        return OutcomeDocument.status(outcome);
    }
}
