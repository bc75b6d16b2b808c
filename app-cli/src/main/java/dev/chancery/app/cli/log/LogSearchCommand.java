package dev.chancery.app.cli.log;

import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.DigestArgument;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.sigstore.LogQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery log search`: what a log's index knows. What it finds is proven to be in the log; that it finds all is the index's word.
public final class LogSearchCommand implements Command {
    private final LogAccess logs;
    private final EntryLines entries;
    private final PublicKeyDecoder keys;

    @Inject
    LogSearchCommand(LogAccess logs, EntryLines entries, PublicKeyDecoder keys) {
        this.logs = logs;
        this.entries = entries;
        this.keys = keys;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("log search", "Searches a Rekor v1 log's index; what is found is proven to be in the log.",
                "  chancery log search --digest sha256:9f86… --log https://rekor.example.com --log-version 1 --trusted-root trusted_root.json",
                "  chancery log search --identity dev@example.com --log https://rekor.example.com --log-version 1 --trusted-root trusted_root.json");
        LogAccess.addOptions(spec);
        spec.addOption(Options.value("--digest", "sha256:HEX", "Entries about this artifact.").build());
        spec.addOption(Options.value("--identity", "EMAIL", "Entries by certificates for this address.").build());
        spec.addOption(Options.value("--key", "FILE", "Entries by this public key (PEM).").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        LogQuery query = query(line);
        TrustedRoot root = LogAccess.root(line);
        List<JsonValue> found = new ArrayList<>();
        for (TransparencyLogEntry entry : logs.reader(line).search(query, LogAccess.BUDGET)) {
            LogAccess.demand(logs.check().entry(entry, root));
            Optional<EntryLines.Read> read = entries.read(entry.canonicalizedBody());
            EntryLines.lines(entry.logIndex(), read).forEach(output::line);
            found.add(EntryLines.document(entry.logIndex(), read));
        }
        output.line(found.isEmpty() ? "the log's index knows of none" : found.size() + (found.size() == 1 ? " entry" : " entries"));
        output.document(JsonText.object().put("entries", JsonText.array(found)).build());
        return ExitStatus.DONE;
    }

    private LogQuery query(ParseResult line) throws ProblemException {
        Optional<String> digest = Options.text(line, "--digest");
        Optional<String> identity = Options.text(line, "--identity");
        Optional<String> key = Options.text(line, "--key");
        if ((digest.isPresent() ? 1 : 0) + (identity.isPresent() ? 1 : 0) + (key.isPresent() ? 1 : 0) != 1) {
            throw new UsageException("one thing to look for is needed", "give --digest, --identity or --key");
        }
        if (digest.isPresent()) {
            return new LogQuery.OfDigest(DigestArgument.parse(digest.get()));
        }
        return identity.isPresent() ? new LogQuery.OfEmail(identity.get())
                : new LogQuery.OfKey(keys.decodePem(UserFiles.read(key.orElseThrow(), PublicKeyDecoder.MAX_LENGTH)));
    }
}
