package dev.chancery.app.cli.command;

import dev.chancery.app.cli.batch.BatchOptions;
import dev.chancery.app.cli.batch.BundleFile;
import dev.chancery.app.cli.batch.SigningBatchRun;
import dev.chancery.app.cli.evidence.EvidenceSigning;
import dev.chancery.app.cli.io.Artifacts;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.DigestArgument;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.ReferenceSigning;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.application.batch.BatchItem;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.AttestArtifacts.Predicate;
import dev.chancery.application.signing.AttestArtifacts.Target;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.artifact.ArtifactSource;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery attest`: a signed in-toto statement about one or several artifacts.
public final class AttestCommand implements Command {
    private final AttestArtifacts attestArtifacts;
    private final SigningBatchRun batches;
    private final ReferenceSigning references;
    private final QuorumSigning quorums;
    private final KeyOptions keyOptions;
    private final EvidenceSigning evidence;
    private final InputStream standardInput;

    @Inject
    AttestCommand(AttestArtifacts attestArtifacts, SigningBatchRun batches, ReferenceSigning references, QuorumSigning quorums, KeyOptions keyOptions,
            EvidenceSigning evidence, @Named("stdin") InputStream standardInput) {
        this.attestArtifacts = attestArtifacts;
        this.batches = batches;
        this.references = references;
        this.quorums = quorums;
        this.keyOptions = keyOptions;
        this.evidence = evidence;
        this.standardInput = standardInput;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("attest", "Makes and signs an in-toto statement about artifacts: writes a Sigstore bundle.",
                "  chancery attest app.tar.gz --key release.key --predicate tests.json --predicate-type https://example.com/tests/v1 --bundle app.tests.json",
                "  chancery attest oci://registry.example.com/team/app:1.0 --key release.key --predicate tests.json --predicate-type https://example.com/tests/v1",
                "  chancery attest sha256:9f86… a.jar b.jar --key release.key --predicate p.json --predicate-type https://example.com/p --bundle p.sigstore.json");
        spec.addPositional(Options.parameter("ARTIFACT", "0..*", "Paths, - for standard input, sha256:HEX, or one oci://HOST/REPOSITORY:TAG."));
        spec.addOption(Options.value("--predicate", "FILE", "JSON object with the claim; goes in byte for byte.").build());
        spec.addOption(Options.value("--predicate-type", "URI", "What kind of claim it is.").build());
        KeyOptions.addSigningTogether(spec);
        QuorumSigning.addOptions(spec);
        EvidenceSigning.addOptions(spec);
        BundleOutput.addOptions(spec);
        RekorOnly.addOptions(spec);
        RegistryOptions.addWriting(spec);
        SigningBatchRun.addOptions(spec, "{\"id\", \"artifact\" or \"artifacts\", \"predicate\", \"predicateType\", \"bundle\"}; "
                + "--predicate and --predicate-type serve the lines that name none.");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        RekorOnly.check(line);
        Optional<String> batch = BatchOptions.file(line);
        if (batch.isPresent()) {
            EvidenceSigning.refuse(line, "a batch");
            return batches.run(batch.get(), line, items(line), output);
        }
        List<String> artifacts = Options.parameters(line);
        if (artifacts.isEmpty()) {
            throw new UsageException("no artifact was named", "name a path, - or sha256:HEX");
        }
        String predicateFile = Options.required(line, "--predicate", "--predicate FILE");
        String predicateType = Options.required(line, "--predicate-type", "--predicate-type URI");
        if (OciReference.isOne(artifacts.getFirst())) {
            RekorOnly.refuseForReference(line);
            String reference = Options.single(line, "reference");
            Predicate predicate = new Predicate(predicateType, UserFiles.read(predicateFile, DssePayload.MAX_LENGTH));
            return QuorumSigning.isWanted(line) ? quorums.runForReference(line, reference, predicate, output)
                    : references.run(line, reference, Optional.of(predicate), output);
        }
        if (QuorumSigning.isWanted(line)) {
            if (artifacts.size() > 1 && !Options.has(line, "--bundle") && !Options.has(line, "--into")) {
                throw new UsageException("a statement about several artifacts has no natural place", "name it with --bundle OUT");
            }
            return quorums.run(line, targets(artifacts, artifact -> Artifacts.of(artifact, standardInput, output)),
                    new Predicate(predicateType, UserFiles.read(predicateFile, DssePayload.MAX_LENGTH)), artifacts.getFirst(), output);
        }
        EvidenceSigning.Plan plan = evidence.plan(line, output);
        if (plan.evidence().isPresent()) {
            RekorOnly.requireLog(line, plan.evidence().get());
        }
        String place = RekorOnly.isWanted(line) ? RekorOnly.RECEIPT : "--bundle";
        if (artifacts.size() > 1 && Options.text(line, place).isEmpty()) {
            throw new UsageException("a statement about several artifacts has no natural place", "name it with " + place + " OUT");
        }
        BundleOutput bundle = BundleOutput.settle(line, artifacts.getFirst());
        Predicate predicate = new Predicate(predicateType, UserFiles.read(predicateFile, DssePayload.MAX_LENGTH));
        List<Target> targets = targets(artifacts, artifact -> Artifacts.of(artifact, standardInput, output));
        bundle.write(plan.evidence().isPresent()
                ? evidence.signStatement(plan, plan.evidence().get(), line, bundle.path(), session -> attestArtifacts.task(session, targets, predicate))
                : attestArtifacts.attest(targets, predicate, plan.key(), keyOptions.signing(line)), output);
        return ExitStatus.DONE;
    }

    /// Turns what stands on the command line, or in a batch, into something that can be read.
    @FunctionalInterface
    private interface Sources {
        ArtifactSource of(String artifact) throws ProblemException;
    }

    private static List<Target> targets(List<String> artifacts, Sources sources) throws ProblemException {
        List<Target> targets = new ArrayList<>(artifacts.size());
        for (String artifact : artifacts) {
            targets.add(artifact.startsWith("sha256:")
                    ? new Target.OfDigest(DigestArgument.parse(artifact))
                    : new Target.Content(sources.of(artifact)));
        }
        return targets;
    }

    private SigningBatchRun.Items items(ParseResult line) throws ProblemException {
        Optional<String> type = Options.text(line, "--predicate-type");
        Optional<String> file = Options.text(line, "--predicate");
        Optional<Bytes> predicate = file.isPresent() ? Optional.of(UserFiles.read(file.get(), DssePayload.MAX_LENGTH)) : Optional.empty();
        return (fields, force) -> item(fields, force, type, predicate);
    }

    private BatchItem item(JsonFields fields, boolean force, Optional<String> type, Optional<Bytes> predicate) throws ProblemException {
        List<String> artifacts = new ArrayList<>();
        fields.text("artifact").ifPresent(artifacts::add);
        for (JsonValue artifact : fields.array("artifacts")) {
            if (!(artifact instanceof JsonValue.JsonString text)) {
                throw new UsageException("\"artifacts\" is not an array of strings", "write \"artifacts\": [\"a.jar\", \"b.jar\"]");
            }
            artifacts.add(text.value());
        }
        Optional<String> ownPredicate = fields.text("predicate");
        Optional<String> ownType = fields.text("predicateType");
        Optional<String> bundle = fields.text("bundle");
        fields.end();
        if (artifacts.isEmpty()) {
            throw new UsageException("the line names no artifact", "write \"artifact\": \"PATH\"");
        }
        if (bundle.isEmpty() && (artifacts.size() > 1 || artifacts.getFirst().startsWith("sha256:"))) {
            throw new UsageException("there is no file name to put a bundle beside", "write \"bundle\": \"OUT\"");
        }
        Bytes claim = ownPredicate.isPresent()
                ? UserFiles.read(ownPredicate.get(), DssePayload.MAX_LENGTH)
                : predicate.orElseThrow(() -> new UsageException("the line names no predicate", "write \"predicate\": \"FILE\", or add --predicate FILE"));
        String claimType = ownType.or(() -> type)
                .orElseThrow(() -> new UsageException("the line names no predicate type", "write \"predicateType\": \"URI\", or add --predicate-type URI"));
        List<Target> targets = targets(artifacts, Artifacts::file);
        return new BundleFile(session -> attestArtifacts.task(session, targets, new Predicate(claimType, claim)),
                bundle.orElse(artifacts.getFirst() + ".sigstore.json"), force);
    }
}
