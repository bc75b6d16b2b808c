package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.Progress;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.ReferenceCheck;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.application.registry.CopyArtifacts;
import dev.chancery.application.registry.CopyArtifacts.Copied;
import dev.chancery.application.registry.Subject;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonText;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.Repository;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery copy`: an artifact with everything that hangs on it, from one place to another.
public final class CopyCommand implements Command {
    private final Repositories repositories;
    private final ReferenceCheck check;

    @Inject
    CopyCommand(Repositories repositories, ReferenceCheck check) {
        this.repositories = repositories;
        this.check = check;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("copy", "Copies an OCI artifact with its signatures and attestations.",
                "  chancery copy oci://registry.example.com/team/app:1.0 oci-archive:app.tar",
                "  chancery copy oci-archive:app.tar:1.0 oci://registry.internal/team/app:1.0",
                "  chancery copy oci://a.example.com/app:1.0 oci://b.example.com/app --verify-policy release.yaml");
        spec.addPositional(Options.parameter("SOURCE DESTINATION", "0..2",
                "oci://HOST/REPOSITORY[:TAG][@DIGEST], oci-layout:FOLDER[:TAG] or oci-archive:FILE[:TAG]. The destination's tag is the source's, unless it names one."));
        TrustOptions.add(spec, "--verify-policy");
        spec.addOption(Options.value("--type", "URI", "The predicate type of the attestation that must hang on it; with --key or an identity.").build());
        RegistryOptions.add(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<String> places = Options.parameters(line);
        if (places.size() != 2) {
            throw new UsageException("a source and a destination are needed, " + places.size() + " were given", "write chancery copy SOURCE DESTINATION");
        }
        OciReference from = OciReference.parse(places.get(0));
        OciReference to = OciReference.parse(places.get(1));
        if (to.digest().isPresent()) {
            throw new UsageException("the destination names a digest, and gets that of the source", "write a tag, or nothing, after the destination");
        }
        RegistryAccess access = RegistryOptions.access(line);
        Optional<Wanted> wanted = ReferenceCheck.isWanted(line) ? Optional.of(check.wanted(line)) : Optional.empty();
        try (Repository source = repositories.open(from.place(), access)) {
            Subject subject = Subject.resolve(source, from);
            if (wanted.isPresent()) {
                Optional<ExitStatus> refused = check.refuse(wanted.get(), subject, access, output);
                if (refused.isPresent()) {
                    return refused.get();
                }
            } else if (KeyOptions.algorithm(line).isPresent() || Options.text(line, "--type").isPresent()) {
                throw new UsageException("nothing says whose signature it must be", "add --key FILE with the public key you trust");
            }
            Optional<String> tag = to.tag().or(() -> CopyArtifacts.usualTag(subject));
            show(copy(source, to, subject, tag, access, output), from, to, tag, output);
        }
        return ExitStatus.DONE;
    }

    private Copied copy(Repository source, OciReference to, Subject subject, Optional<String> tag, RegistryAccess access, Output output)
            throws ProblemException {
        try (Repository destination = repositories.openForWriting(to.place(), access); Progress progress = output.progress("copying")) {
            return new CopyArtifacts().copy(source, destination, subject, tag.orElse(null), fraction -> {
                synchronized (progress) {
                    progress.at(fraction, "");
                }
            });
        }
    }

    private static void show(Copied copied, OciReference from, OciReference to, Optional<String> tag, Output output) {
        output.line("copied " + from + " " + copied.artifact());
        output.line("to     " + to.place() + tag.map(name -> ":" + name).orElse(""));
        output.line(copied.manifests() + " manifests, " + copied.referrers() + " of them signatures, attestations or the like; " + copied.blobs()
                + " blobs, " + copied.sent() + " of them sent (" + copied.bytes() + " bytes)");
        var document = JsonText.object().put("source", from.toString()).put("destination", to.toString()).put("digest", copied.artifact().toString());
        tag.ifPresent(name -> document.put("tag", name));
        output.document(document.put("manifests", copied.manifests()).put("referrers", copied.referrers()).put("blobs", copied.blobs())
                .put("sent", copied.sent()).put("bytes", copied.bytes()).build());
    }
}
