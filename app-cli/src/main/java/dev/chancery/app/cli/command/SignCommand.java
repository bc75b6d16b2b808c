package dev.chancery.app.cli.command;

import dev.chancery.app.cli.batch.BatchOptions;
import dev.chancery.app.cli.batch.BundleFile;
import dev.chancery.app.cli.batch.SigningBatchRun;
import dev.chancery.app.cli.evidence.EvidenceSigning;
import dev.chancery.app.cli.io.Artifacts;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.ReferenceSigning;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.application.batch.BatchItem;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.SignArtifact;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.ports.artifact.ArtifactSource;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery sign`: a signature over the content of a file.
public final class SignCommand implements Command {
    private static final String RESUME = SigningBatchRun.RESUME;

    private final SignArtifact signArtifact;
    private final SigningBatchRun batches;
    private final ReferenceSigning references;
    private final QuorumSigning quorums;
    private final KeyOptions keyOptions;
    private final EvidenceSigning evidence;
    private final InputStream standardInput;

    @Inject
    SignCommand(SignArtifact signArtifact, SigningBatchRun batches, ReferenceSigning references, QuorumSigning quorums, KeyOptions keyOptions,
            EvidenceSigning evidence, @Named("stdin") InputStream standardInput) {
        this.signArtifact = signArtifact;
        this.batches = batches;
        this.references = references;
        this.quorums = quorums;
        this.keyOptions = keyOptions;
        this.evidence = evidence;
        this.standardInput = standardInput;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("sign", "Signs a file or an OCI artifact: writes a Sigstore bundle beside it.",
                "  chancery sign app.tar.gz --key release.key",
                "  chancery sign app.tar.gz --key 'pkcs11:token=release;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/run/pin'",
                "  chancery sign app.tar.gz --identity-token token.jwt --signing-config signing_config.v0.2.json --trusted-root trusted_root.json",
                "  chancery sign app.tar.gz --key ann.key --key bob.key",
                "  chancery sign app.tar.gz --key cem.key --into app.tar.gz.quorum.json",
                "  chancery sign --batch files.jsonl --key release.key",
                "  chancery sign oci://registry.example.com/team/app:1.0 --key release.key",
                "  tar c src | chancery sign - --key release.key --bundle src.sigstore.json");
        spec.addPositional(Options.parameter("ARTIFACT", "0..1", "A path, - for standard input, or oci://HOST/REPOSITORY:TAG."));
        KeyOptions.addSigningTogether(spec);
        QuorumSigning.addOptions(spec);
        EvidenceSigning.addOptions(spec);
        BundleOutput.addOptions(spec);
        RekorOnly.addOptions(spec);
        spec.addOption(Options.value("--output-signature", "OUT", "Write the bare signature in base64 here too.").build());
        spec.addOption(Options.value(RESUME, "FILE", "Go on with the signature in FILE, whose evidence was not complete. With --batch and no FILE: "
                + SigningBatchRun.RESUME_BATCH).arity("0..1").fallbackValue("").build());
        RegistryOptions.addWriting(spec);
        SigningBatchRun.addOptions(spec, "{\"id\", \"artifact\", \"bundle\"}.");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        RekorOnly.check(line);
        Optional<String> batch = BatchOptions.file(line);
        if (batch.isPresent()) {
            EvidenceSigning.refuse(line, "a batch");
            return batches.run(batch.get(), line, this::item, output);
        }
        Optional<String> unfinished = Options.text(line, RESUME);
        if (unfinished.isPresent() && !unfinished.get().isEmpty()) {
            return resume(unfinished.get(), line, output);
        }
        if (unfinished.isPresent()) {
            throw new UsageException("--resume goes on with a signature in a file, and names none", "write --resume FILE, or add --batch LINES.jsonl");
        }
        String artifact = Options.single(line, "artifact");
        refuseDigest(artifact);
        if (OciReference.isOne(artifact)) {
            RekorOnly.refuseForReference(line);
            return QuorumSigning.isWanted(line) ? quorums.runForReference(line, artifact, QuorumSigning.plainSignature(), output)
                    : references.run(line, artifact, Optional.empty(), output);
        }
        if (QuorumSigning.isWanted(line)) {
            return quorums.run(line, List.of(new AttestArtifacts.Target.Content(Artifacts.of(artifact, standardInput, output))),
                    QuorumSigning.plainSignature(), artifact, output);
        }
        EvidenceSigning.Plan plan = evidence.plan(line, output);
        if (plan.evidence().isPresent()) {
            RekorOnly.requireLog(line, plan.evidence().get());
        }
        BundleOutput bundle = BundleOutput.settle(line, artifact);
        ArtifactSource source = Artifacts.of(artifact, standardInput, output);
        bundle.write(plan.evidence().isPresent()
                ? evidence.signFile(plan, plan.evidence().get(), line, bundle.path(), session -> signArtifact.task(session, source))
                : signArtifact.sign(source, plan.key(), keyOptions.signing(line)), output);
        return ExitStatus.DONE;
    }

    private ExitStatus resume(String unfinished, ParseResult line, Output output) throws ProblemException {
        if (!Options.parameters(line).isEmpty() || Options.has(line, "--key") || Options.has(line, "--identity-token")) {
            throw new UsageException("--resume goes on with a signature that is made: it takes neither an artifact nor a key",
                    "name the file, --signing-config, --trusted-root and --bundle OUT");
        }
        BundleOutput bundle = BundleOutput.settleResumed(line, unfinished);
        bundle.write(evidence.resume(unfinished, line), output);
        if (!bundle.path().equals("-")) {
            UserFiles.discard(unfinished, bundle.path()); // all that was in it is in what was written
        }
        return ExitStatus.DONE;
    }

    private BatchItem item(JsonFields fields, boolean force) throws ProblemException {
        String artifact = fields.requiredText("artifact");
        Optional<String> bundle = fields.text("bundle");
        fields.end();
        refuseDigest(artifact);
        ArtifactSource source = Artifacts.file(artifact);
        return new BundleFile(session -> signArtifact.task(session, source), bundle.orElse(artifact + ".sigstore.json"), force);
    }

    private static void refuseDigest(String artifact) throws UsageException {
        if (artifact.startsWith("sha256:")) {
            throw new UsageException(ErrorCode.BARE_DIGEST,
                    "what lies behind a bare digest cannot be looked at: it could be an attestation that nobody made",
                    "give the file itself, or use chancery attest, which signs a statement about the digest");
        }
    }
}
