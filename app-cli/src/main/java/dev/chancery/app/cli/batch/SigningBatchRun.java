package dev.chancery.app.cli.batch;

import dev.chancery.app.cli.io.FileProblem;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.Progress;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.batch.BatchItem;
import dev.chancery.application.batch.BatchOutcome;
import dev.chancery.application.batch.OrderedWork;
import dev.chancery.application.batch.SigningBatch;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.ports.audit.AuditLog;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javax.inject.Inject;
import javax.inject.Named;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Signs or attests to the lines of a batch file with one key.
public final class SigningBatchRun {
    /// Goes on with a batch. A command that gives the option a further meaning adds it itself, before [#addOptions].
    public static final String RESUME = "--resume";

    /// What the option means for a batch.
    public static final String RESUME_BATCH = "Go on with a batch that was ended before: nothing is signed twice.";

    private final KeyBackends backends;
    private final SigningPath path;
    private final AuditLog audit;
    private final KeyOptions keyOptions;
    private final InputStream standardInput;

    @Inject
    SigningBatchRun(KeyBackends backends, SigningPath path, AuditLog audit, KeyOptions keyOptions,
            @Named("stdin") InputStream standardInput) {
        this.backends = backends;
        this.path = path;
        this.audit = audit;
        this.keyOptions = keyOptions;
        this.standardInput = standardInput;
    }

    /// Turns the members of a line into an item.
    @FunctionalInterface
    public interface Items {
        /// The item a line says.
        ///
        /// @param force whether existing bundles are replaced
        /// @throws ProblemException when the line doesn't say a sound item
        BatchItem of(JsonFields fields, boolean force) throws ProblemException;
    }

    /// What came of a line.
    private record Done(BatchLine line, @Nullable String place, BatchOutcome outcome) {}

    /// Adds the options of a signing batch.
    public static void addOptions(CommandSpec spec, String lineForm) {
        BatchOptions.add(spec, lineForm, String.valueOf(BatchOptions.DEFAULT_SIGNING_JOBS));
        if (spec.findOption(RESUME) == null) {
            spec.addOption(Options.flag(RESUME, RESUME_BATCH).build());
        }
    }

    /// Works through the batch; a line that fails stops nothing.
    ///
    /// @return how the first line that failed would have ended the command; done when none did
    /// @throws ProblemException when the batch or the key can't be opened
    public ExitStatus run(String file, ParseResult line, Items items, Output output) throws ProblemException {
        boolean force = Options.has(line, "--force");
        boolean resume = Options.has(line, RESUME);
        if (force && resume) {
            throw new UsageException("--force and --resume contradict each other", "leave one of them out");
        }
        KeyRef key = KeyRef.parse(Options.required(line, "--key", "--key KEY"));
        int jobs = BatchOptions.jobs(line, BatchOptions.DEFAULT_SIGNING_JOBS);
        try (BatchFile batch = BatchFile.open(file, standardInput);
                KeySession session = KeySession.open(backends, key, keyOptions.signing(line));
                Progress progress = output.progress("signing")) {
            SigningBatch signing = resume
                    ? SigningBatch.resuming(path, session, audit, SigningBatchRun::isFree)
                    : SigningBatch.beginning(path, session);
            Tally tally = new Tally();
            new OrderedWork(jobs).run(batch, item -> work(item, items, force, signing), done -> {
                tally.add(done.outcome());
                report(done, session, output);
                progress.at(batch.fraction(done.line().readTo()), tally.lines() + " lines");
            });
            output.note(tally.toString());
            session.traffic().ifPresent(traffic -> output.note("key service: " + traffic.requests() + " requests, " + traffic.refused()
                    + " refused because there were too many, " + seconds(traffic.waited()) + " s of waiting for that"));
            return tally.status();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }

    private static boolean isFree(String place) {
        try {
            return !UserFiles.exists(place);
        } catch (FileProblem e) { // no bundle was ever to be written there
            return false;
        }
    }

    private static Done work(BatchLine line, Items items, boolean force, SigningBatch signing) {
        @Nullable String place = null;
        try {
            BatchItem item = items.of(line.fields(), force);
            place = item.place();
            return new Done(line, place, signing.sign(item));
        } catch (ProblemException e) {
            return new Done(line, place, BatchOutcome.failed(e.problem()));
        }
    }

    private static void report(Done done, KeySession session, Output output) {
        String kind = done.outcome().kind().name().toLowerCase(Locale.ROOT);
        @Nullable Problem problem = done.outcome().problemOrNull();
        output.line(kind + " " + done.line().label() + (problem == null
                ? " " + done.place()
                : ": " + problem.code().code() + ": " + problem.what() + ": " + problem.why() + "; " + problem.remedy()));
        var document = JsonText.object();
        if (done.line().idOrNull() != null) {
            document.put("id", done.line().idOrNull());
        }
        document.put("line", done.line().number()).put("outcome", kind);
        if (problem == null) {
            document.put("bundle", java.util.Objects.requireNonNull(done.place())).put("keyId", session.expected().key().id().hex());
        } else {
            document.put("error", Output.document(problem));
        }
        output.document(document.build());
    }

    /// How many lines ended how.
    private static final class Tally {
        private final Map<BatchOutcome.Kind, Long> counts = new EnumMap<>(BatchOutcome.Kind.class);
        private ExitStatus status = ExitStatus.DONE;
        private long lines;

        void add(BatchOutcome outcome) {
            lines++;
            counts.merge(outcome.kind(), 1L, Long::sum);
            if (status == ExitStatus.DONE && outcome.problemOrNull() != null) {
                status = outcome.problemOrNull().code().exitStatus();
            }
        }

        long lines() {
            return lines;
        }

        ExitStatus status() {
            return status;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(lines + " lines");
            String separator = ": ";
            for (Map.Entry<BatchOutcome.Kind, Long> count : counts.entrySet()) {
                text.append(separator).append(count.getValue()).append(' ').append(count.getKey().name().toLowerCase(Locale.ROOT));
                separator = ", ";
            }
            return text.toString();
        }
    }
}
