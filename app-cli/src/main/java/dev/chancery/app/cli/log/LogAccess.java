package dev.chancery.app.cli.log;

import dev.chancery.app.cli.io.Documents;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.ports.sigstore.LogReader;
import dev.chancery.ports.sigstore.ServiceException;
import dev.chancery.verification.LogCheck;
import dev.chancery.verification.LogHead;
import dev.chancery.verification.VerificationResult.Reason;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The log that a command line names, and what is verified of all that it says.
public final class LogAccess {
    static final Duration BUDGET = Duration.ofSeconds(60);

    private final LogReaders readers;
    private final LogCheck check;

    @Inject
    LogAccess(LogReaders readers, LogCheck check) {
        this.readers = readers;
        this.check = check;
    }

    /// Makes readers.
    @FunctionalInterface
    public interface LogReaders {
        /// A reader.
        ///
        /// @param version 1 or 2
        /// @throws ServiceException when the URL can't be used
        LogReader reader(String url, int version) throws ServiceException;
    }

    /// Adds the options.
    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.value("--log", "URL", "The log: of version 2 the address below which checkpoint and tile are.").build());
        spec.addOption(Options.value("--log-version", "N", "Of Rekor: 2 (the default) or 1.").build());
        spec.addOption(Options.value("--trusted-root", "FILE", "What the log's answers are verified with (trusted_root.json).").build());
    }

    LogReader reader(ParseResult line) throws ProblemException {
        String url = Options.required(line, "--log", "--log URL");
        String version = Options.text(line, "--log-version").orElse("2");
        if (!version.equals("1") && !version.equals("2")) {
            throw new UsageException("there is no version " + version + " of Rekor", "write --log-version 1 or --log-version 2");
        }
        return readers.reader(url, Integer.parseInt(version));
    }

    static TrustedRoot root(ParseResult line) throws ProblemException {
        return Documents.read(Options.required(line, "--trusted-root", "--trusted-root FILE"), TrustedRoot.MAX_LENGTH, TrustedRootCodec::read);
    }

    LogCheck check() {
        return check;
    }

    /// The log's newest head, verified.
    LogHead head(LogReader reader, TrustedRoot root) throws ProblemException {
        return head(reader.checkpoint(BUDGET), root);
    }

    /// A head that was given as text, verified.
    LogHead head(String note, TrustedRoot root) throws ProblemException {
        return switch (check.head(note, root)) {
            case LogCheck.HeadFinding.Sound(LogHead head) -> head;
            case LogCheck.HeadFinding.Unsound(Reason reason) -> throw refused(reason);
        };
    }

    /// Ends the command when something is wrong.
    static void demand(Optional<Reason> wrong) throws ProblemException {
        if (wrong.isPresent()) {
            throw refused(wrong.get());
        }
    }

    private static ProblemException refused(Reason reason) {
        return new Refused(new Problem(reason.code(), "the log was not believed", reason.message(),
                reason.code() == ErrorCode.LOG_VIEW_INCONSISTENT ? "keep both checkpoints: together they prove it; do not trust the log until its operator has explained it"
                        : "check that --log and --trusted-root belong together"));
    }

    /// The log says what can't be true.
    private static final class Refused extends ProblemException {
        private static final long serialVersionUID = 1;

        Refused(Problem problem) {
            super(problem, null);
        }
    }
}
