package dev.chancery.app.cli.command;

import dev.chancery.app.cli.evidence.TrustStores;
import dev.chancery.app.cli.io.Documents;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.tuf.TufMetadataCodec;
import dev.chancery.ports.trust.TrustSourceException;
import dev.chancery.ports.trust.TufStore;
import dev.chancery.verification.tuf.CurrentTrust;
import dev.chancery.verification.tuf.TufClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery trust pull`: brings trusted root and signing configuration up to date from a TUF mirror.
public final class TrustPullCommand implements Command {
    private static final String TRUSTED_ROOT = "trusted_root.json";
    private static final String SIGNING_CONFIG = "signing_config.v0.2.json";

    private final TufClient client;
    private final TrustStores stores;
    private final Clock clock;

    @Inject
    TrustPullCommand(TufClient client, TrustStores stores, Clock clock) {
        this.client = client;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("trust pull", "Brings trusted root and signing configuration up to date from a TUF mirror.",
                "  chancery trust pull --to trust",
                "  chancery trust pull --mirror https://tuf.example.com --root root.json --to trust",
                "  chancery trust pull --mirror https://tuf.example.com --to trust",
                "  chancery trust pull --mirror https://tuf.example.com --offline --to trust");
        spec.addOption(Options.value("--mirror", "URL", "The mirror (the public Sigstore's).").build());
        spec.addOption(Options.value("--root", "FILE", "The repository's root.json, from a source you trust. Needed the first time, but for the public Sigstore.").build());
        spec.addOption(Options.value("--to", "FOLDER", "Where trusted_root.json and signing_config.v0.2.json go, replacing older ones (.).").build());
        spec.addOption(Options.flag("--offline", "Ask no mirror: use what was pulled before, while it has not expired.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String mirror = Options.text(line, "--mirror").orElse(stores.publicGood());
        if (!Options.parameters(line).isEmpty()) {
            throw new UsageException("trust pull takes no parameters", "name the mirror with --mirror URL");
        }
        Path folder = UserFiles.path(Options.text(line, "--to").orElse("."));
        if (!Files.isDirectory(folder)) {
            throw new UsageException(folder + " is not a folder", "make it first, or name another with --to");
        }
        Instant now = clock.instant();
        TufStore store = stores.store(mirror);
        boolean fresh = !Options.has(line, "--offline");
        CurrentTrust trust;
        if (fresh) {
            try {
                trust = client.update(stores.mirror(mirror), store, root(line, mirror), List.of(TRUSTED_ROOT, SIGNING_CONFIG), now);
            } catch (TrustSourceException.MirrorFailed e) {
                trust = keptInstead(store, now, e);
                fresh = false;
                output.note("the mirror could not be used (" + e.problem().why() + "); what was pulled before is not expired and serves");
            }
        } else {
            trust = client.kept(store, now);
        }
        List<String> written = write(trust, folder);
        report(trust, written, fresh, now, output);
        return ExitStatus.DONE;
    }

    /// What was kept, when there is some and it is current; otherwise what went wrong with the mirror is the better answer.
    private CurrentTrust keptInstead(TufStore store, Instant now, TrustSourceException.MirrorFailed failure) throws ProblemException {
        @Nullable CurrentTrust kept = store.load().isPresent() ? client.kept(store, now) : null;
        if (kept == null) {
            throw failure;
        }
        return kept;
    }

    private Optional<Bytes> root(ParseResult line, String mirror) throws ProblemException {
        Optional<String> file = Options.text(line, "--root");
        return file.isPresent() ? Optional.of(Documents.read(file.get(), TufMetadataCodec.MAX_LENGTH, TrustPullCommand::root)) : stores.builtInRoot(mirror);
    }

    private static Bytes root(Bytes json) throws FormatException {
        TufMetadataCodec.root(json);
        return json;
    }

    private static List<String> write(CurrentTrust trust, Path folder) throws ProblemException {
        List<String> written = new ArrayList<>();
        for (String name : List.of(TRUSTED_ROOT, SIGNING_CONFIG)) {
            Optional<Bytes> content = trust.file(name);
            if (content.isPresent()) {
                String path = folder.resolve(name).toString();
                UserFiles.write(path, content.get(), true);
                written.add(path);
            }
        }
        return written;
    }

    private static void report(CurrentTrust trust, List<String> written, boolean fresh, Instant now, Output output) {
        for (String path : written) {
            output.line("wrote  " + path);
        }
        output.line("pulled " + trust.pulledAt() + (fresh ? "" : ", " + age(Duration.between(trust.pulledAt(), now)) + " ago"));
        output.line("valid  until " + trust.validUntil());
        output.document(JsonText.object()
                .put("files", JsonText.array(written.stream().<JsonValue>map(JsonValue.JsonString::new).toList()))
                .put("fresh", fresh)
                .put("pulledAt", trust.pulledAt().toString())
                .put("validUntil", trust.validUntil().toString())
                .put("rootVersion", trust.versions().getOrDefault("root", 0L))
                .put("timestampVersion", trust.versions().getOrDefault("timestamp", 0L))
                .build());
    }

    static String age(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        return age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " minutes";
    }
}
