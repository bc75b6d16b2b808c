package dev.chancery.app.cli.command;

import dev.chancery.app.cli.batch.BatchOptions;
import dev.chancery.app.cli.batch.VerifyBatchRun;
import dev.chancery.app.cli.io.Artifacts;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.DigestArgument;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.OutcomeDocument;
import dev.chancery.app.cli.registry.ReferenceVerification;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.app.cli.verification.ResultDocument;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.app.cli.verification.TrustReader;
import dev.chancery.app.cli.verification.TrustWords;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.sigstore.DetachedSignature;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import java.io.InputStream;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery verify`.
public final class VerifyCommand implements Command {
    private static final int MAX_SIGNATURE = 64 * 1024;

    private final VerificationEngine engine;
    private final TrustReader trusts;
    private final VerifyBatchRun batches;
    private final ReferenceVerification references;
    private final InputStream standardInput;

    @Inject
    VerifyCommand(VerificationEngine engine, TrustReader trusts, VerifyBatchRun batches, ReferenceVerification references,
            @Named("stdin") InputStream standardInput) {
        this.engine = engine;
        this.trusts = trusts;
        this.batches = batches;
        this.references = references;
        this.standardInput = standardInput;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("verify", "Verifies an artifact's signature or attestation. Opens no socket, but for a reference.",
                "  chancery verify app.tar.gz --key release.pub",
                "  chancery verify app.tar.gz --certificate-identity dev@example.com --certificate-oidc-issuer https://login.example.com"
                        + " --trusted-root trusted_root.json",
                "  chancery verify app.tar.gz --bundle app.tests.json --key release.pub --type https://example.com/tests/v1",
                "  chancery verify app.tar.gz --signature app.sig --key release.pub --output json",
                "  chancery verify oci://registry.example.com/team/app:1.0 --key release.pub",
                "  chancery verify --batch files.jsonl --key release.pub --output json");
        spec.addPositional(Options.parameter("ARTIFACT", "0..1", "A path, - for standard input, sha256:HEX, or oci://HOST/REPOSITORY:TAG."));
        spec.addOption(Options.value("--bundle", "FILE", "The Sigstore bundle (ARTIFACT.sigstore.json).").build());
        spec.addOption(Options.value("--signature", "FILE", "A bare base64 signature instead of a bundle.").build());
        TrustOptions.add(spec);
        spec.addOption(Options.value("--type", "URI", "The predicate type an attestation must have.").build());
        RegistryOptions.add(spec);
        VerifyBatchRun.addOptions(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        TrustWords words = TrustOptions.words(line);
        Optional<String> batch = BatchOptions.file(line);
        if (batch.isPresent()) {
            return batches.run(batch.get(), line, words, output);
        }
        String artifact = Options.single(line, "artifact");
        Trust trust = trusts.read(words);
        if (OciReference.isOne(artifact)) {
            return reference(line, artifact, trust, output);
        }
        Target target = artifact.startsWith("sha256:")
                ? new Target.OfDigest(DigestArgument.parse(artifact))
                : new Target.Content(Artifacts.of(artifact, standardInput, output));
        VerificationResult result = engine.verify(new VerificationRequest(evidence(line, artifact), target, trust,
                new Expectations(Options.text(line, "--type").orElse(null)), TrustOptions.requirements(line, trust)));
        ResultDocument.show(artifact, result, output);
        return ResultDocument.status(result);
    }

    private ExitStatus reference(ParseResult line, String artifact, Trust trust, Output output) throws ProblemException {
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

    private static Evidence evidence(ParseResult line, String artifact) throws ProblemException {
        Optional<String> signature = Options.text(line, "--signature");
        Optional<String> bundle = Options.text(line, "--bundle");
        if (signature.isPresent() && bundle.isPresent()) {
            throw new UsageException("--bundle and --signature were both given", "give one of them");
        }
        if (signature.isPresent()) {
            Bytes text = UserFiles.read(signature.get(), MAX_SIGNATURE);
            return new Evidence.DetachedSignature(DetachedSignature.read(text));
        }
        if (bundle.isEmpty() && (artifact.equals("-") || artifact.startsWith("sha256:"))) {
            throw new UsageException("there is no file name to find a bundle beside", "name it with --bundle FILE");
        }
        return new Evidence.BundleBytes(bundle.isPresent()
                ? UserFiles.read(bundle.get(), SigstoreBundle.MAX_LENGTH)
                : UserFiles.read(artifact + ".sigstore.json", SigstoreBundle.MAX_LENGTH, "name the bundle with --bundle FILE, or a bare signature with --signature FILE"));
    }
}
