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
import dev.chancery.domain.log.CompactRange;
import dev.chancery.domain.log.MerkleTree;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.sigstore.LogReader;
import dev.chancery.verification.LogHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery log monitor`: the entries by a key or identity since the last look. Every entry in between is read, and with them the tree of
/// the last look becomes today's: nothing can be held back.
public final class LogMonitorCommand implements Command {
    private final LogAccess logs;
    private final EntryLines entries;
    private final PublicKeyDecoder keys;

    @Inject
    LogMonitorCommand(LogAccess logs, EntryLines entries, PublicKeyDecoder keys) {
        this.logs = logs;
        this.entries = entries;
        this.keys = keys;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("log monitor", "Shows a log's new entries by a key or identity since the last look, and proves that none is held back.",
                "  chancery log monitor --identity dev@example.com --state watch.json --log https://log2025-1.rekor.example.com/api/v2 --trusted-root trusted_root.json",
                "  chancery log monitor --key release.pub --state watch.json --log https://rekor.example.com --log-version 1 --trusted-root trusted_root.json");
        LogAccess.addOptions(spec);
        spec.addOption(Options.value("--state", "FILE", "What was seen last; made at the first look, which shows nothing, unless --from-start is given.").build());
        spec.addOption(Options.flag("--from-start", "At the first look, read the log from its first entry.").build());
        spec.addOption(Options.value("--identity", "NAME", "Entries by certificates for this name: an e-mail address or URI, whole.").build());
        spec.addOption(Options.value("--key", "FILE", "Entries by this public key (PEM).").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        Wanted wanted = wanted(line);
        String stateFile = Options.required(line, "--state", "--state FILE");
        LogReader reader = logs.reader(line);
        TrustedRoot root = LogAccess.root(line);
        LogHead now = logs.head(reader, root);
        CompactRange seen = seen(line, stateFile, reader, root, now);
        List<JsonValue> found = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        CompactRange range = seen;
        while (range.size() < now.checkpoint().treeSize()) {
            long from = range.size();
            long to = Math.min(from + LogReader.MOST_AT_ONCE, now.checkpoint().treeSize());
            List<Bytes> bodies = reader.bodies(from, to, now.checkpoint().treeSize(), LogAccess.BUDGET);
            for (int i = 0; i < bodies.size(); i++) {
                range = range.append(MerkleTree.leafHash(bodies.get(i)));
                Optional<EntryLines.Read> read = entries.read(bodies.get(i));
                if (read.isPresent() && wanted.is(read.get())) {
                    lines.addAll(EntryLines.lines(from + i, read));
                    found.add(EntryLines.document(from + i, read));
                }
            }
        }
        // Only now it is known that these are the log's entries, and all of them.
        LogAccess.demand(logs.check().additions(now, range));
        lines.forEach(output::line);
        output.line(found.size() + " of " + (range.size() - seen.size()) + " new entries; the log has " + range.size());
        UserFiles.write(stateFile, WatchState.write(new WatchState(now.note(), range.hashes())), true);
        output.document(JsonText.object().put("log", now.log()).put("since", Long.toString(seen.size())).put("treeSize", Long.toString(range.size()))
                .put("entries", JsonText.array(found)).build());
        return ExitStatus.DONE;
    }

    /// Where the last look ended. The state is verified like anything that the log says: its checkpoint has the log's signature.
    private CompactRange seen(ParseResult line, String stateFile, LogReader reader, TrustedRoot root, LogHead now) throws ProblemException {
        if (UserFiles.exists(stateFile)) {
            WatchState state = Documents.read(stateFile, WatchState.MAX_LENGTH, WatchState::read);
            LogHead then = logs.head(state.checkpoint(), root);
            LogAccess.demand(logs.check().range(then, state.range()));
            if (!then.checkpoint().origin().equals(now.checkpoint().origin()) || then.checkpoint().treeSize() > now.checkpoint().treeSize()) {
                LogAccess.demand(logs.check().growth(then, now, List.of()));
            }
            return CompactRange.of(then.checkpoint().treeSize(), state.range());
        }
        if (Options.has(line, "--from-start")) {
            return CompactRange.EMPTY;
        }
        List<Bytes> hashes = reader.range(now.checkpoint().treeSize(), LogAccess.BUDGET);
        LogAccess.demand(logs.check().range(now, hashes));
        return CompactRange.of(now.checkpoint().treeSize(), hashes);
    }

    /// Whose entries are looked for.
    ///
    /// @param name empty when a key is
    private record Wanted(String name, String keyId) {
        boolean is(EntryLines.Read entry) {
            return entry.signers().stream().anyMatch(signer -> name.isEmpty() ? signer.keyId().equals(keyId) : signer.names().contains(name));
        }
    }

    private Wanted wanted(ParseResult line) throws ProblemException {
        Optional<String> name = Options.text(line, "--identity");
        Optional<String> key = Options.text(line, "--key");
        if (name.isPresent() == key.isPresent()) {
            throw new UsageException("one of whom to watch is needed", "give --identity or --key");
        }
        return name.isPresent() ? new Wanted(name.get(), "")
                : new Wanted("", keys.decodePem(UserFiles.read(key.orElseThrow(), PublicKeyDecoder.MAX_LENGTH)).id().hex());
    }
}
