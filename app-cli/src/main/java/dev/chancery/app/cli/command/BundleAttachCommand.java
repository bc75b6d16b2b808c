package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.application.quorum.Quorums;
import dev.chancery.application.registry.AttachMembers;
import dev.chancery.application.registry.Subject;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.Repository;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery bundle attach`: the members of a quorum as referrers of an artifact.
public final class BundleAttachCommand implements Command {
    private final Repositories repositories;
    private final AttachMembers members;

    @Inject
    BundleAttachCommand(Repositories repositories, AttachMembers members) {
        this.repositories = repositories;
        this.members = members;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("attach", "Puts each member of a quorum, or a bundle, beside the OCI artifact that it is about. Verifies no signature.",
                "  chancery bundle attach app.quorum.json oci://registry.example.com/team/app:1.0",
                "  chancery bundle attach app.quorum.json oci-layout:store:1.0");
        spec.addPositional(Options.parameter("QUORUM REFERENCE", "0..2", "A quorum's or bundle's file, and oci://HOST/REPOSITORY:TAG, oci-layout:FOLDER:TAG or "
                + "oci-archive:FILE:TAG."));
        RegistryOptions.add(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<String> words = Options.parameters(line);
        if (words.size() != 2) {
            throw new UsageException("a quorum and a reference are needed, " + words.size() + " words were given", "write chancery bundle attach QUORUM REFERENCE");
        }
        QuorumBundle quorum = Quorums.read(new Quorums.Source(words.getFirst(), UserFiles.read(words.getFirst(), QuorumBundle.MAX_LENGTH)));
        OciReference reference = OciReference.parse(words.getLast());
        try (Repository repository = repositories.openForWriting(reference.place(), RegistryOptions.access(line))) {
            Subject subject = Subject.resolve(repository, reference);
            List<Digest> stored = members.attach(repository, subject, quorum);
            repository.complete();
            output.line("artifact " + subject.exact());
            stored.forEach(each -> output.line("stored   " + reference.at(each)));
            output.document(JsonText.object().put("reference", reference.toString()).put("artifact", subject.digest().toString())
                    .put("stored", JsonText.array(stored.stream().<JsonValue>map(each -> new JsonValue.JsonString(each.toString())).toList())).build());
        }
        return ExitStatus.DONE;
    }
}
