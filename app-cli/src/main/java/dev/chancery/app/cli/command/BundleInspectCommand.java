package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.verification.BundleInspector;
import dev.chancery.verification.BundleInspector.Section;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery bundle inspect`: what a bundle says, none of it verified.
public final class BundleInspectCommand implements Command {
    private final BundleInspector inspector;

    @Inject
    BundleInspectCommand(BundleInspector inspector) {
        this.inspector = inspector;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("inspect", "Shows what stands in a bundle or a quorum. Verifies nothing.",
                "  chancery bundle inspect app.tar.gz.sigstore.json");
        spec.addPositional(Options.parameter("BUNDLE", "0..1", "The file of a Sigstore bundle or a quorum."));
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<Section> sections = inspector.inspect(UserFiles.read(Options.single(line, "bundle"), QuorumBundle.MAX_LENGTH));
        for (Section section : sections) {
            output.line(section.name() + ":");
            section.claims().forEach(claim -> output.line("  " + claim.name() + ": " + claim.value()));
        }
        output.line("nothing of this was verified: see chancery verify --help");
        output.document(JsonText.object()
                .put("verified", false)
                .put("sections", JsonText.array(sections.stream().<JsonValue>map(BundleInspectCommand::section).toList()))
                .build());
        return ExitStatus.DONE;
    }

    private static JsonValue section(Section section) {
        return JsonText.object().put("name", section.name())
                .put("claims", JsonText.array(section.claims().stream()
                        .<JsonValue>map(claim -> JsonText.object().put("name", claim.name()).put("value", claim.value()).build()).toList()))
                .build();
    }
}
