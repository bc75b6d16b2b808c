package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.quorum.Quorums;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.quorum.QuorumCodec;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery bundle merge`: one quorum of several signatures over the same payload.
public final class BundleMergeCommand implements Command {
    @Inject
    BundleMergeCommand() {}

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("merge", "Puts signatures over one payload together into a quorum. Verifies nothing.",
                "  chancery bundle merge ann.sigstore.json bob.sigstore.json --bundle app.quorum.json",
                "  chancery bundle merge app.quorum.json cem.sigstore.json --bundle app.quorum.json --force");
        spec.addPositional(Options.parameter("BUNDLE", "0..*", "Sigstore bundles of statements, and quorums; their order means nothing."));
        spec.addOption(Options.value("--bundle", "OUT", "Where the quorum goes; - is standard output.").build());
        spec.addOption(Options.flag("--force", "Replace an existing output file.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<String> files = Options.parameters(line);
        if (files.isEmpty()) {
            throw new UsageException("no bundle was named", "name the bundles to put together");
        }
        String out = Options.required(line, "--bundle", "--bundle OUT");
        boolean force = Options.has(line, "--force");
        if (!out.equals("-")) {
            UserFiles.refuseExisting(out, force);
        }
        List<Quorums.Source> sources = new ArrayList<>();
        for (String file : files) {
            sources.add(new Quorums.Source(file, UserFiles.read(file, QuorumBundle.MAX_LENGTH)));
        }
        QuorumBundle quorum = Quorums.merge(sources);
        Bytes encoded = QuorumCodec.write(quorum);
        if (out.equals("-")) {
            output.raw(encoded);
            return ExitStatus.DONE;
        }
        UserFiles.write(out, encoded, force);
        String digest = HashAlgorithm.SHA_256.digest(encoded).toString();
        output.line("quorum " + out + " with " + quorum.members().size() + (quorum.members().size() == 1 ? " member" : " members"));
        output.line("digest " + digest);
        output.document(JsonText.object().put("bundle", out).put("members", quorum.members().size()).put("digest", digest).build());
        return ExitStatus.DONE;
    }
}
