package dev.chancery.app.cli.pipeline;

import dev.chancery.app.cli.evidence.EvidenceSettings;
import dev.chancery.app.cli.evidence.EvidenceSigning;
import dev.chancery.app.cli.evidence.EvidenceSigning.Plan;
import dev.chancery.app.cli.io.FileProblem;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.evidence.EvidenceOptions;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.AwsKmsKeyRef;
import dev.chancery.domain.key.AzureKmsKeyRef;
import dev.chancery.domain.key.GcpKmsKeyRef;
import dev.chancery.domain.key.HashiVaultKeyRef;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.domain.pipeline.SigningRule;
import dev.chancery.domain.pipeline.SigningRule.Services;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.inject.Inject;
import picocli.CommandLine.ParseResult;

/// Signs as a project's file says.
public final class PipelineSigning {
    /// Azure's own names for key vaults and managed HSMs, in its clouds (Microsoft Learn, *Azure Key Vault DNS suffixes*).
    private static final Pattern AZURE = Pattern.compile("[A-Za-z0-9-]+\\.(vault|managedhsm)\\.(azure\\.net|azure\\.cn|usgovcloudapi\\.net)");
    private static final List<String> EXCLUDED = List.of("--signing-config", "--trusted-root");

    private final EvidenceSigning evidence;

    @Inject
    PipelineSigning(EvidenceSigning evidence) {
        this.evidence = evidence;
    }

    /// The file that the command line names.
    ///
    /// @throws ProblemException when it can't be read, or the command line says too what it says
    public Optional<PipelineFile> file(ParseResult line) throws ProblemException {
        return PipelineFile.read(line, EXCLUDED);
    }

    /// What is to be signed with. A key on the command line goes before that of the file.
    ///
    /// @return nothing when signing is off
    /// @throws ProblemException when the rule can't be followed
    public Optional<Plan> plan(PipelineFile file, ParseResult line, Output output) throws ProblemException {
        switch (file.signing()) {
            case SigningRule.Off _ -> {
                output.note("not signed: artifacts.signing is off in " + file.path());
                return Optional.empty();
            }
            case SigningRule.WithKey rule -> {
                Optional<String> named = Options.text(line, "--key");
                String key = named.isPresent() ? named.get() : key(rule.key(), file);
                return Optional.of(evidence.plan(line, output, Optional.of(key), services(rule.services(), file, line)));
            }
            case SigningRule.Keyless rule -> {
                if (Options.has(line, "--key")) {
                    throw new UsageException("--key was given, and artifacts.signing is keyless in " + file.path(), "leave --key out, or say mode: key in the file");
                }
                return Optional.of(evidence.plan(line, output, Optional.empty(), services(Optional.of(rule.services()), file, line)));
            }
        }
    }

    private static Optional<EvidenceOptions> services(Optional<Services> services, PipelineFile file, ParseResult line) throws ProblemException {
        return services.isEmpty() ? Optional.empty()
                : Optional.of(EvidenceSettings.read(file.beside(services.get().signingConfig()), file.beside(services.get().trustedRoot()), line));
    }

    /// A project's file is data: it names a key, and neither code to load nor a host to hand credentials to nor a file with a PIN.
    private static String key(String text, PipelineFile file) throws ProblemException {
        KeyRef key = KeyRef.parse(text);
        return switch (key) {
            case KeyRef.KeyFile(String path) -> file.beside(path);
            case KeyRef.EnvironmentKey _, GcpKmsKeyRef _, HashiVaultKeyRef _ -> text;
            case Pkcs11KeyRef token -> {
                if (token.modulePath().isPresent() || token.pinSource().isPresent()) {
                    throw refused(file, "it names a module or a file with a PIN");
                }
                yield text;
            }
            case AwsKmsKeyRef aws -> {
                if (aws.endpoint().isPresent()) {
                    throw refused(file, "it names a host");
                }
                yield text;
            }
            case AzureKmsKeyRef azure -> {
                if (!AZURE.matcher(azure.host()).matches()) {
                    throw refused(file, "it names a host that is none of Azure's key vaults");
                }
                yield text;
            }
            case KeyRef.Other other -> throw refused(file, "a key of the kind " + other.scheme() + ": is not taken from a file");
        };
    }

    private static UsageException refused(PipelineFile file, String why) throws FileProblem {
        return new UsageException(ErrorCode.PIPELINE_KEY_REFUSED, "artifacts.signing.key of " + file.path() + " is not used: " + why,
                "name that key with --key");
    }
}
