package dev.chancery.app.cli.log;

import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.json.JsonText;
import dev.chancery.ports.sigstore.LogReader;
import dev.chancery.verification.LogHead;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery log show`: an entry, proven to be in the log.
public final class LogShowCommand implements Command {
    private final LogAccess logs;
    private final EntryLines entries;

    @Inject
    LogShowCommand(LogAccess logs, EntryLines entries) {
        this.logs = logs;
        this.entries = entries;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("log show", "Shows a transparency log's entry, and proves that it is in the log.",
                "  chancery log show 4711 --log https://log2025-1.rekor.example.com/api/v2 --trusted-root trusted_root.json",
                "  chancery log show 4711 --log https://rekor.example.com --log-version 1 --trusted-root trusted_root.json");
        spec.addPositional(Options.parameter("INDEX", "1", "The entry's index, from 0."));
        LogAccess.addOptions(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        long index = index(Options.single(line, "index"));
        LogReader reader = logs.reader(line);
        TrustedRoot root = LogAccess.root(line);
        LogHead head = logs.head(reader, root);
        TransparencyLogEntry entry = reader.entry(index, head.logId(), LogAccess.BUDGET);
        LogAccess.demand(logs.check().entry(entry, root));
        Optional<EntryLines.Read> read = entries.read(entry.canonicalizedBody());
        EntryLines.lines(index, read).forEach(output::line);
        long size = entry.inclusionProof().orElseThrow().treeSize();
        output.line("proven to be in the log " + head.log() + " of " + size + " entries");
        output.document(JsonText.object().put("log", head.log()).put("treeSize", Long.toString(size)).put("entry", EntryLines.document(index, read))
                .put("body", entry.canonicalizedBody().toBase64()).build());
        return ExitStatus.DONE;
    }

    static long index(String text) throws UsageException {
        if (text.matches("[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        throw new UsageException("an index is a number from 0", "write chancery log show 4711");
    }
}
