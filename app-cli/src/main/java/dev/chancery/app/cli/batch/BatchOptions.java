package dev.chancery.app.cli.batch;

import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options that batches have.
public final class BatchOptions {
    /// How many items are signed at the same time unless the user says otherwise: enough for the lanes of a network token.
    static final int DEFAULT_SIGNING_JOBS = 16;
    private static final int MAX_JOBS = 1024;

    private BatchOptions() {}

    /// `--batch` and `--jobs`.
    public static void add(CommandSpec spec, String lineForm, String jobs) {
        spec.addOption(Options.value("--batch", "FILE", "Work on each line of FILE (- is standard input): " + lineForm).build());
        spec.addOption(Options.value("--jobs", "N", "How many lines are worked on at the same time (" + jobs + ").").build());
    }

    /// The batch file, when there is one; then no artifact may be named.
    ///
    /// @throws UsageException when both were given
    public static Optional<String> file(ParseResult line) throws UsageException {
        Optional<String> batch = Options.text(line, "--batch");
        if (batch.isPresent() && !Options.parameters(line).isEmpty()) {
            throw new UsageException("an artifact and --batch were both given", "put the artifact into a line of the batch");
        }
        return batch;
    }

    static int jobs(ParseResult line, int normally) throws UsageException {
        Optional<String> jobs = Options.text(line, "--jobs");
        if (jobs.isEmpty()) {
            return normally;
        }
        try {
            int value = Integer.parseInt(jobs.get());
            if (value >= 1 && value <= MAX_JOBS) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException("--jobs is not a number from 1 to " + MAX_JOBS, "write --jobs " + normally);
    }
}
