package dev.chancery.app.cli.evidence;

import dev.chancery.app.cli.io.Documents;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.evidence.EvidenceOptions;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.sigstore.SigningConfigCodec;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options that say which evidence a signature gets. Their names are cosign's.
public final class EvidenceSettings {
    private static final String CONFIG = "--signing-config";
    private static final String ROOT = "--trusted-root";
    private static final String TIMEOUT = "--service-timeout";

    private EvidenceSettings() {}

    /// Adds them.
    public static void addOptions(CommandSpec spec) {
        spec.addOption(Options.value(CONFIG, "FILE",
                "Certificate authorities, logs and timestamp authorities to use (signing_config.v0.2.json). Without it nothing leaves the machine.").build());
        spec.addOption(Options.value(ROOT, "FILE", "What their answers are verified with (trusted_root.json).").build());
        spec.addOption(Options.value(TIMEOUT, "SECONDS", "How long a service may take, retries included (60).").build());
    }

    /// What the command line says; nothing when it names no services.
    ///
    /// @throws ProblemException when it is half said, or a file can't be read
    public static Optional<EvidenceOptions> read(ParseResult line) throws ProblemException {
        Optional<String> config = Options.text(line, CONFIG);
        Optional<String> root = Options.text(line, ROOT);
        if (config.isEmpty()) {
            for (String needless : new String[] {ROOT, TIMEOUT}) {
                if (Options.has(line, needless)) {
                    throw new UsageException(needless + " was given, and no services to go with it", "add --signing-config FILE");
                }
            }
            return Optional.empty();
        }
        if (root.isEmpty()) {
            throw new UsageException("what services answer is verified before it is used, and nothing says whom to trust", "add --trusted-root FILE");
        }
        return Optional.of(read(config.get(), root.get(), line));
    }

    /// What files say that something else than the command line names; how long services may take is said there.
    ///
    /// @throws ProblemException when a file can't be read
    public static EvidenceOptions read(String config, String root, ParseResult line) throws ProblemException {
        return new EvidenceOptions(Documents.read(config, SigningConfig.MAX_LENGTH, SigningConfigCodec::read),
                Documents.read(root, TrustedRoot.MAX_LENGTH, TrustedRootCodec::read), budget(line));
    }

    private static Duration budget(ParseResult line) throws UsageException {
        Optional<String> seconds = Options.text(line, TIMEOUT);
        if (seconds.isEmpty()) {
            return EvidenceOptions.DEFAULT_BUDGET;
        }
        try {
            int value = Integer.parseInt(seconds.get());
            if (value >= 1 && value <= 3600) {
                return Duration.ofSeconds(value);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException(TIMEOUT + " is not a number of seconds from 1 to 3600", "write " + TIMEOUT + " 60");
    }
}
