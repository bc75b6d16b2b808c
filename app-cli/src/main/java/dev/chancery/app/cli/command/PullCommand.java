package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.pipeline.PipelineFile;
import dev.chancery.app.cli.pipeline.PipelineVerification;
import dev.chancery.app.cli.registry.ReferenceCheck;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.application.registry.FileArtifacts;
import dev.chancery.application.registry.Subject;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.Repository;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery pull`: the files of an artifact, when it is signed by whom it must be.
public final class PullCommand implements Command {
    private final Repositories repositories;
    private final ReferenceCheck check;
    private final PipelineVerification pipeline;

    @Inject
    PullCommand(Repositories repositories, ReferenceCheck check, PipelineVerification pipeline) {
        this.pipeline = pipeline;
        this.repositories = repositories;
        this.check = check;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("pull", "Verifies an artifact of files, and only then writes them.",
                "  chancery pull oci://registry.example.com/team/app:1.0 --key release.pub -o app",
                "  chancery pull oci://registry.example.com/team/app:1.0 --policy release.yaml -o app",
                "  chancery pull oci://registry.example.com/team/app:1.0 --config project.yaml --environment production -o app",
                "  chancery pull oci://registry.example.com/team/app:1.0 --certificate-identity dev@example.com"
                        + " --certificate-oidc-issuer https://login.example.com --trusted-root trusted_root.json -o app");
        spec.addPositional(Options.parameter("REFERENCE", "0..1", "oci://HOST/REPOSITORY[:TAG][@DIGEST], oci-layout:FOLDER[:TAG] or oci-archive:FILE[:TAG]."));
        spec.addOption(picocli.CommandLine.Model.OptionSpec.builder("-o", "--output-folder").type(String.class).paramLabel("FOLDER")
                .description("Where the files go (the working directory).").build());
        spec.addOption(Options.flag("--force", "Replace existing files.").build());
        TrustOptions.add(spec);
        spec.addOption(Options.value("--type", "URI", "The predicate type of the attestation that must hang on it.").build());
        PipelineFile.addOptions(spec, "verification");
        RegistryOptions.add(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        OciReference reference = OciReference.parse(Options.single(line, "reference"));
        Optional<PipelineFile> file = pipeline.file(line);
        Optional<Wanted> wanted = file.isPresent() ? pipeline.wanted(file.get()) : Optional.of(check.wanted(line));
        String folder = Options.text(line, "--output-folder").orElse(".");
        RegistryAccess access = RegistryOptions.access(line);
        try (Repository repository = repositories.open(reference.place(), access)) {
            Subject subject = Subject.resolve(repository, reference);
            Optional<ExitStatus> refused = wanted.isPresent() ? check.refuse(wanted.get(), subject, access, output) : Optional.empty();
            if (refused.isPresent()) {
                return refused.get();
            }
            if (wanted.isEmpty()) {
                output.note("not verified: artifacts.verification is off in " + file.orElseThrow().path());
            }
            Map<String, Descriptor> files = FileArtifacts.files(subject.manifest());
            FileArtifacts.write(repository, files, UserFiles.path(folder), Options.has(line, "--force"));
            output.line("pulled " + subject.exact());
            files.forEach((name, descriptor) -> output.line("wrote  " + folder + "/" + name + " " + descriptor.digest()));
            output.document(JsonText.object()
                    .put("reference", reference.toString())
                    .put("digest", subject.digest().toString())
                    .put("verified", wanted.isPresent())
                    .put("files", JsonText.array(files.entrySet().stream().<JsonValue>map(each -> JsonText.object()
                            .put("name", each.getKey()).put("digest", each.getValue().digest().toString()).build()).toList()))
                    .build());
        }
        return ExitStatus.DONE;
    }
}
