package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.application.quorum.Quorums;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.sigstore.BundleCodec;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery bundle envelope`: a quorum as one DSSE envelope, for tools that know nothing else.
public final class BundleEnvelopeCommand implements Command {
    @Inject
    BundleEnvelopeCommand() {}

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("envelope", "Writes a quorum as one DSSE envelope with all its signatures, and says what has no place there.",
                "  chancery bundle envelope app.quorum.json --envelope app.dsse.json");
        spec.addPositional(Options.parameter("QUORUM", "0..1", "A quorum's file, or a Sigstore bundle with a statement."));
        spec.addOption(Options.value("--envelope", "OUT", "Where the envelope goes; - is standard output.").build());
        spec.addOption(Options.flag("--force", "Replace an existing output file.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String file = Options.single(line, "quorum");
        String out = Options.required(line, "--envelope", "--envelope OUT");
        boolean force = Options.has(line, "--force");
        if (!out.equals("-")) {
            UserFiles.refuseExisting(out, force);
        }
        Quorums.Exported exported = Quorums.envelope(Quorums.read(new Quorums.Source(file, UserFiles.read(file, QuorumBundle.MAX_LENGTH))));
        Bytes encoded = BundleCodec.writeEnvelope(exported.envelope());
        exported.leftBehind().forEach(each -> output.note("left behind: " + each));
        if (out.equals("-")) {
            output.raw(encoded);
            return ExitStatus.DONE;
        }
        UserFiles.write(out, encoded, force);
        output.line("envelope " + out + " with " + exported.envelope().signatures().size() + " signatures");
        output.document(JsonText.object().put("envelope", out).put("signatures", exported.envelope().signatures().size())
                .put("leftBehind", JsonText.array(exported.leftBehind().stream().<JsonValue>map(JsonValue.JsonString::new).toList())).build());
        return ExitStatus.DONE;
    }
}
