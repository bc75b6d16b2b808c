package dev.chancery.app.cli.pipeline;

import dev.chancery.app.cli.io.FileProblem;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.pipeline.PipelineConfiguration;
import dev.chancery.domain.pipeline.Section;
import dev.chancery.domain.pipeline.SigningRule;
import dev.chancery.domain.pipeline.VerificationRule;
import dev.chancery.formats.pipeline.PipelineCodec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// A project's file as a command line names it. None is looked for.
///
/// @param path as the user wrote it
/// @param environmentOrNull for which environment the command runs; null for none in particular
public record PipelineFile(String path, PipelineConfiguration configuration, @Nullable String environmentOrNull) {
    private static final String CONFIG = "--config";
    private static final String ENVIRONMENT = "--environment";

    /// Adds the options.
    public static void addOptions(CommandSpec spec, String section) {
        spec.addOption(Options.value(CONFIG, "FILE", "The project's YAML file, of which artifacts." + section + " decides (docs/pipelines.md).").build());
        spec.addOption(Options.value(ENVIRONMENT, "NAME", "Which of that section's environments it is.").build());
    }

    /// The file that the command line names.
    ///
    /// @param excluded options that say what the file says
    /// @throws ProblemException when one of those is given too, or the file can't be read
    public static Optional<PipelineFile> read(ParseResult line, List<String> excluded) throws ProblemException {
        Optional<String> path = Options.text(line, CONFIG);
        if (path.isEmpty()) {
            if (Options.has(line, ENVIRONMENT)) {
                throw new UsageException(ENVIRONMENT + " was given, and no file that knows environments", "add " + CONFIG + " FILE");
            }
            return Optional.empty();
        }
        for (String option : excluded) {
            if (Options.has(line, option)) {
                throw new UsageException(CONFIG + " and " + option + " were both given", "say it in the file, or leave " + CONFIG + " out");
            }
        }
        return Optional.of(new PipelineFile(path.get(), PipelineCodec.read(UserFiles.read(path.get(), PipelineConfiguration.MAX_LENGTH)),
                Options.text(line, ENVIRONMENT).orElse(null)));
    }

    /// How artifacts are signed.
    ///
    /// @throws UsageException when the file doesn't say
    public SigningRule signing() throws UsageException {
        return rule(configuration.signing(), "artifacts.signing");
    }

    /// How artifacts are verified.
    ///
    /// @throws UsageException when the file doesn't say
    public VerificationRule verification() throws UsageException {
        return rule(configuration.verification(), "artifacts.verification");
    }

    private <T> T rule(Optional<Section<T>> section, String name) throws UsageException {
        Section<T> found = section.orElseThrow(() -> new UsageException(ErrorCode.PIPELINE_UNDEFINED, path + " has no " + name, "add that section"));
        if (environmentOrNull == null) {
            return found.usual();
        }
        return found.in(environmentOrNull).orElseThrow(() -> new UsageException(ErrorCode.PIPELINE_UNDEFINED,
                name + " of " + path + " has the environments " + String.join(", ", found.environments().keySet()) + ", and " + environmentOrNull + " was asked for",
                "correct " + ENVIRONMENT + ", or add it to the file"));
    }

    /// A path that stands in the file: it starts where the file lies.
    ///
    /// @throws FileProblem when it isn't one
    String beside(String text) throws FileProblem {
        return UserFiles.path(path).resolveSibling(UserFiles.path(text)).toString();
    }
}
