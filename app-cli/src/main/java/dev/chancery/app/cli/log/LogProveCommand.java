package dev.chancery.app.cli.log;

import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Documents;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.log.Checkpoint;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.note.SignedNoteCodec;
import dev.chancery.ports.sigstore.LogReader;
import dev.chancery.verification.LogHead;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery log prove`: that a log only grew since a checkpoint that was kept.
public final class LogProveCommand implements Command {
    private final LogAccess logs;

    @Inject
    LogProveCommand(LogAccess logs) {
        this.logs = logs;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("log prove", "Proves that a transparency log only grew since a checkpoint.",
                "  chancery log prove --log https://log2025-1.rekor.example.com/api/v2 --trusted-root trusted_root.json --save now.checkpoint",
                "  chancery log prove --since then.checkpoint --log https://log2025-1.rekor.example.com/api/v2 --trusted-root trusted_root.json");
        LogAccess.addOptions(spec);
        spec.addOption(Options.value("--since", "FILE", "The earlier checkpoint, as the log signed it.").build());
        spec.addOption(Options.value("--save", "FILE", "Write the log's newest checkpoint here.").build());
        spec.addOption(Options.flag("--force", "Replace an existing file.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        LogReader reader = logs.reader(line);
        TrustedRoot root = LogAccess.root(line);
        Optional<String> since = Options.text(line, "--since");
        Optional<String> save = Options.text(line, "--save");
        if (since.isEmpty() && save.isEmpty()) {
            throw new UsageException("there is nothing to prove", "name an earlier checkpoint with --since FILE, or keep today's with --save FILE");
        }
        String earlier = since.isPresent() ? Documents.read(since.get(), SignedNoteCodec.MAX_LENGTH, LogProveCommand::note) : "";
        LogHead now = logs.head(reader, root);
        Checkpoint later = now.checkpoint();
        var document = JsonText.object().put("log", now.log()).put("treeSize", Long.toString(later.treeSize()));
        if (since.isPresent()) {
            LogHead then = logs.head(earlier, root);
            long size = then.checkpoint().treeSize();
            List<Bytes> proof = size <= later.treeSize() ? reader.consistency(size, later.treeSize(), LogAccess.BUDGET) : List.of();
            LogAccess.demand(logs.check().growth(then, now, proof));
            output.line("the log " + now.log() + " only grew, from " + size + " to " + later.treeSize() + " entries");
            document.put("since", Long.toString(size));
        } else {
            output.line("the log " + now.log() + " has " + later.treeSize() + " entries");
        }
        if (save.isPresent()) {
            UserFiles.write(save.get(), Bytes.ofUtf8(now.note()), Options.has(line, "--force"));
        }
        output.document(document.build());
        return ExitStatus.DONE;
    }

    /// The text of a signed note. Whose it is is looked at with the log's.
    private static String note(Bytes content) throws FormatException {
        String text = content.utf8().orElseThrow(() -> FormatException.notUtf8("other bytes"));
        SignedNoteCodec.read(text);
        return text;
    }
}
