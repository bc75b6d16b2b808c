package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.application.quorum.Quorums;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.sigstore.BundleCodec;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery bundle split`: the members of a quorum as ordinary Sigstore bundles.
public final class BundleSplitCommand implements Command {
    @Inject
    BundleSplitCommand() {}

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("split", "Writes each member of a quorum as an ordinary Sigstore bundle. Verifies nothing.",
                "  chancery bundle split app.quorum.json",
                "  chancery bundle split app.quorum.json --prefix out/app");
        spec.addPositional(Options.parameter("QUORUM", "0..1", "A quorum's file."));
        spec.addOption(Options.value("--prefix", "PATH", "The bundles are PATH.1.sigstore.json and so on (QUORUM without .quorum.json).").build());
        spec.addOption(Options.flag("--force", "Replace existing output files.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String file = Options.single(line, "quorum");
        Quorums.Parts parts = Quorums.split(Quorums.read(new Quorums.Source(file, UserFiles.read(file, QuorumBundle.MAX_LENGTH))));
        List<SigstoreBundle> members = parts.bundles();
        String prefix = Options.text(line, "--prefix").orElse(file.endsWith(BundleOutput.QUORUM) ? file.substring(0, file.length() - BundleOutput.QUORUM.length()) : file);
        boolean force = Options.has(line, "--force");
        List<String> places = new ArrayList<>();
        for (int i = 1; i <= members.size(); i++) {
            places.add(prefix + "." + i + ".sigstore.json");
            UserFiles.refuseExisting(places.getLast(), force);
        }
        for (int i = 0; i < members.size(); i++) {
            UserFiles.write(places.get(i), BundleCodec.write(members.get(i)), force);
            output.line("bundle " + places.get(i));
        }
        parts.leftBehind().forEach(each -> output.note("left behind: " + each));
        output.document(JsonText.object()
                .put("bundles", JsonText.array(places.stream().<JsonValue>map(JsonValue.JsonString::new).toList()))
                .put("leftBehind", JsonText.array(parts.leftBehind().stream().<JsonValue>map(JsonValue.JsonString::new).toList())).build());
        return ExitStatus.DONE;
    }
}
