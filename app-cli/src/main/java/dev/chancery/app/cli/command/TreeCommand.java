package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.registry.OutcomeDocument;
import dev.chancery.app.cli.registry.ReferenceCheck;
import dev.chancery.app.cli.registry.ReferenceVerification;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.application.registry.ArtifactTree;
import dev.chancery.application.registry.Subject;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.Repository;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery tree`: what hangs on an artifact, and, when somebody is trusted, which of it is theirs.
public final class TreeCommand implements Command {
    private final Repositories repositories;
    private final ReferenceVerification verification;
    private final ReferenceCheck check;

    @Inject
    TreeCommand(Repositories repositories, ReferenceVerification verification, ReferenceCheck check) {
        this.repositories = repositories;
        this.verification = verification;
        this.check = check;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("tree", "Shows what hangs on an OCI artifact: members, signatures, attestations.",
                "  chancery tree oci://registry.example.com/team/app:1.0",
                "  chancery tree oci-archive:app.tar:1.0 --key release.pub");
        spec.addPositional(Options.parameter("REFERENCE", "0..1", "oci://HOST/REPOSITORY[:TAG][@DIGEST], oci-layout:FOLDER[:TAG] or oci-archive:FILE[:TAG]."));
        TrustOptions.add(spec);
        spec.addOption(Options.value("--type", "URI", "The predicate type to verify.").build());
        RegistryOptions.add(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        OciReference reference = OciReference.parse(Options.single(line, "reference"));
        RegistryAccess access = RegistryOptions.access(line);
        try (Repository repository = repositories.open(reference.place(), access)) {
            Subject subject = Subject.resolve(repository, reference);
            ArtifactTree tree = ArtifactTree.of(repository, subject);
            if (!output.json()) {
                show(tree, "", output);
            }
            var document = JsonText.object().put("reference", reference.toString()).put("tree", document(tree));
            if (ReferenceCheck.isWanted(line)) {
                var outcome = verification.verify(subject.exact(), access, check.wanted(line));
                document.put("verification", OutcomeDocument.document(outcome));
                OutcomeDocument.lines(outcome, output);
            }
            output.document(document.build());
            return isWhole(tree) ? ExitStatus.DONE : ExitStatus.UNKNOWN;
        }
    }

    private static boolean isWhole(ArtifactTree tree) {
        return tree.missing().isEmpty() && tree.below().stream().allMatch(TreeCommand::isWhole);
    }

    private static void show(ArtifactTree tree, String indent, Output output) {
        output.line(indent + tree.place() + " " + tree.digest() + " " + tree.kind() + (tree.about().isEmpty() ? "" : " (" + tree.about() + ")"));
        tree.below().forEach(below -> show(below, indent + "  ", output));
        tree.missing().forEach(problem -> output.line(indent + "  unknown: " + problem.code().code() + " " + problem.what() + ": " + problem.why()));
    }

    private static JsonValue document(ArtifactTree tree) {
        var document = JsonText.object().put("place", tree.place()).put("digest", tree.digest().toString()).put("kind", tree.kind());
        if (!tree.about().isEmpty()) {
            document.put("predicateType", tree.about());
        }
        return document.put("below", JsonText.array(tree.below().stream().map(TreeCommand::document).toList()))
                .put("missing", JsonText.array(tree.missing().stream().map(Output::document).toList())).build();
    }
}
