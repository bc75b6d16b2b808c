package dev.chancery.app.cli.command;

import dev.chancery.app.cli.UsageException;
import dev.chancery.app.cli.io.Artifacts;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.AttestArtifacts.Predicate;
import dev.chancery.application.signing.AttestArtifacts.Target;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Named;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery attest`: a signed in-toto statement about one or several artifacts.
public final class AttestCommand implements Command {
    private final AttestArtifacts attestArtifacts;
    private final KeyOptions keyOptions;
    private final InputStream standardInput;

    @Inject
    AttestCommand(AttestArtifacts attestArtifacts, KeyOptions keyOptions, @Named("stdin") InputStream standardInput) {
        this.attestArtifacts = attestArtifacts;
        this.keyOptions = keyOptions;
        this.standardInput = standardInput;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("attest", "Makes and signs an in-toto statement about artifacts: writes a Sigstore bundle.",
                "  chancery attest app.tar.gz --key release.key --predicate tests.json --predicate-type https://example.com/tests/v1 --bundle app.tests.json",
                "  chancery attest sha256:9f86… a.jar b.jar --key release.key --predicate p.json --predicate-type https://example.com/p --bundle p.sigstore.json");
        spec.addPositional(Options.parameter("ARTIFACT", "1..*", "Paths, - for standard input, or sha256:HEX."));
        spec.addOption(Options.value("--predicate", "FILE", "JSON object with the claim; goes in byte for byte.").build());
        spec.addOption(Options.value("--predicate-type", "URI", "What kind of claim it is.").build());
        KeyOptions.addSigning(spec);
        BundleOutput.addOptions(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<String> artifacts = Options.parameters(line);
        if (artifacts.isEmpty()) {
            throw new UsageException("no artifact was named", "name a path, - or sha256:HEX");
        }
        String predicateFile = Options.required(line, "--predicate", "--predicate FILE");
        String predicateType = Options.required(line, "--predicate-type", "--predicate-type URI");
        KeyRef key = KeyRef.parse(Options.required(line, "--key", "--key KEY"));
        if (artifacts.size() > 1 && Options.text(line, "--bundle").isEmpty()) {
            throw new UsageException("a statement about several artifacts has no natural place", "name it with --bundle OUT");
        }
        BundleOutput bundle = BundleOutput.settle(line, artifacts.getFirst());
        List<Target> targets = new ArrayList<>();
        for (String artifact : artifacts) {
            targets.add(artifact.startsWith("sha256:")
                    ? new Target.OfDigest(DigestArgument.parse(artifact))
                    : new Target.Content(Artifacts.of(artifact, standardInput)));
        }
        Predicate predicate = new Predicate(predicateType, UserFiles.read(predicateFile, DssePayload.MAX_LENGTH));
        bundle.write(attestArtifacts.attest(targets, predicate, key, keyOptions.signing(line)), output);
        return ExitStatus.DONE;
    }
}
