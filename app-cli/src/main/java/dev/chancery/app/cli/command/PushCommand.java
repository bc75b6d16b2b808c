package dev.chancery.app.cli.command;

import dev.chancery.app.cli.evidence.EvidenceSigning.Plan;
import dev.chancery.app.cli.evidence.EvidenceSigning;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.pipeline.PipelineFile;
import dev.chancery.app.cli.pipeline.PipelineSigning;
import dev.chancery.app.cli.registry.ReferenceSigning;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.application.registry.FileArtifacts;
import dev.chancery.application.registry.SignReferences;
import dev.chancery.application.registry.Subject;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.json.JsonText;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `chancery push`: files as an artifact in a registry, with a signature.
public final class PushCommand implements Command {
    private final FileArtifacts artifacts;
    private final SignReferences signReferences;
    private final Repositories repositories;
    private final ReferenceSigning signing;
    private final EvidenceSigning evidence;
    private final PipelineSigning pipeline;

    @Inject
    PushCommand(FileArtifacts artifacts, SignReferences signReferences, Repositories repositories, ReferenceSigning signing,
            EvidenceSigning evidence, PipelineSigning pipeline) {
        this.artifacts = artifacts;
        this.signReferences = signReferences;
        this.repositories = repositories;
        this.signing = signing;
        this.evidence = evidence;
        this.pipeline = pipeline;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("push", "Pushes files to a registry as an artifact, and signs it.",
                "  chancery push app.tar.gz oci://registry.example.com/team/app:1.0 --sign --key release.key",
                "  chancery push app.tar.gz oci://registry.example.com/team/app:1.0 --sign --config project.yaml --environment production",
                "  chancery push model.bin card.md oci://registry.example.com/team/model:3 --artifact-type application/vnd.example.model"
                        + " --annotation org.opencontainers.image.version=3");
        spec.addPositional(Options.parameter("FILE... REFERENCE", "0..*", "Files, and where they go: oci://HOST/REPOSITORY:TAG, oci-layout:FOLDER:TAG or oci-archive:FILE:TAG."));
        spec.addOption(Options.value("--artifact-type", "TYPE", "What kind of artifact it is (" + FileArtifacts.UNKNOWN_TYPE + ").").build());
        spec.addOption(OptionSpec.builder("--annotation").type(List.class).auxiliaryTypes(String.class).arity("1").paramLabel("KEY=VALUE")
                .description("An annotation of the manifest; may be given several times.").build());
        spec.addOption(Options.flag("--sign", "Sign the artifact before the tag points to it; wants --key, --identity-token or --config.").build());
        PipelineFile.addOptions(spec, "signing");
        KeyOptions.addSigning(spec);
        EvidenceSigning.addOptions(spec);
        RegistryOptions.addWriting(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<String> parameters = Options.parameters(line);
        if (parameters.size() < 2) {
            throw new UsageException("files and a reference are needed, " + parameters.size() + " words were given",
                    "write chancery push FILE oci://HOST/REPOSITORY:TAG");
        }
        OciReference reference = OciReference.parse(parameters.getLast());
        if (reference.digest().isPresent()) {
            throw new UsageException("the reference names a digest, and the artifact makes its own", "write a tag after the repository");
        }
        boolean sign = Options.has(line, "--sign");
        if (!sign && (Options.text(line, "--key").isPresent() || Options.text(line, "--identity-token").isPresent())) {
            throw new UsageException("a key or an identity was given, and not said to sign with it", "add --sign");
        }
        Optional<PipelineFile> file = pipeline.file(line);
        if (!sign && file.isPresent()) {
            throw new UsageException("--config says how to sign, and signing was not asked for", "add --sign");
        }
        FileArtifacts.Push push = push(line, parameters.subList(0, parameters.size() - 1));
        SignReferences.Way way = RegistryOptions.way(line);
        Optional<Plan> plan = !sign ? Optional.empty() : file.isPresent() ? pipeline.plan(file.get(), line, output) : Optional.of(evidence.plan(line, output));
        try (Repository repository = repositories.openForWriting(reference.place(), RegistryOptions.access(line))) {
            StoredManifest manifest = artifacts.store(repository, push);
            repository.store(manifest);
            Optional<SignReferences.Written> written = plan.isPresent()
                    ? Optional.of(signing.with(plan.get(), line, way, signer -> signReferences.sign(repository, reference.at(manifest.digest()), way, signer)).getFirst())
                    : Optional.empty();
            repository.tag(manifest, reference.tag().orElse(Subject.LATEST));
            repository.complete();
            show(reference, manifest, written, output);
        }
        return ExitStatus.DONE;
    }

    private static FileArtifacts.Push push(ParseResult line, List<String> names) throws ProblemException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            files.add(UserFiles.path(name));
        }
        Map<String, String> annotations = new TreeMap<>();
        for (String annotation : line.matchedOptionValue("--annotation", List.<String>of())) {
            int equals = annotation.indexOf('=');
            if (equals < 1) {
                throw new UsageException("the annotation " + annotation + " has no name", "write --annotation KEY=VALUE");
            }
            annotations.put(annotation.substring(0, equals), annotation.substring(equals + 1));
        }
        return new FileArtifacts.Push(files, Options.text(line, "--artifact-type").orElse(FileArtifacts.UNKNOWN_TYPE), annotations);
    }

    private static void show(OciReference reference, StoredManifest manifest, Optional<SignReferences.Written> written, Output output) {
        output.line("pushed " + reference.at(manifest.digest()));
        written.ifPresent(signature -> output.line("signed " + reference.at(signature.manifest())));
        var document = JsonText.object().put("reference", reference.toString()).put("digest", manifest.digest().toString());
        written.ifPresent(signature -> document.put("signature", signature.manifest().toString())
                .put("keyId", signature.signed().signature().key().key().id().hex()));
        output.document(document.build());
    }
}
