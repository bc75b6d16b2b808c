package dev.chancery.app.cli.command;

import dev.chancery.app.cli.UsageException;
import dev.chancery.app.cli.io.Artifacts;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.sigstore.DetachedSignature;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Finding;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import java.io.InputStream;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery verify`.
public final class VerifyCommand implements Command {
    private static final int MAX_SIGNATURE = 64 * 1024;

    private final VerificationEngine engine;
    private final PublicKeyDecoder publicKeys;
    private final InputStream standardInput;

    @Inject
    VerifyCommand(VerificationEngine engine, PublicKeyDecoder publicKeys, @Named("stdin") InputStream standardInput) {
        this.engine = engine;
        this.publicKeys = publicKeys;
        this.standardInput = standardInput;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("verify", "Verifies an artifact's signature or attestation. Opens no socket.",
                "  chancery verify app.tar.gz --key release.pub",
                "  chancery verify app.tar.gz --bundle app.tests.json --key release.pub --type https://example.com/tests/v1",
                "  chancery verify app.tar.gz --signature app.sig --key release.pub --output json");
        spec.addPositional(Options.parameter("ARTIFACT", "1", "A path, - for standard input, or sha256:HEX."));
        spec.addOption(Options.value("--bundle", "FILE", "The Sigstore bundle (ARTIFACT.sigstore.json).").build());
        spec.addOption(Options.value("--signature", "FILE", "A bare base64 signature instead of a bundle.").build());
        spec.addOption(Options.value("--key", "FILE", "The public key you trust, as PEM.").build());
        spec.addOption(Options.value("--type", "URI", "The predicate type an attestation must have.").build());
        spec.addOption(Options.value("--algorithm", "NAME", "The algorithm, where the key has several and the bundle names none.").build());
        spec.addOption(Options.flag("--offline", "Open no socket: always so with --key.").build());
        spec.addOption(Options.flag("--insecure-ignore-tlog",
                "Want no transparency log entry: always so with --key and no trusted root.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String artifact = Options.single(line, "artifact");
        PublicKey key = publicKeys.decodePem(UserFiles.read(Options.required(line, "--key", "--key FILE with the public key you trust"),
                PublicKeyDecoder.MAX_LENGTH));
        Target target = artifact.startsWith("sha256:")
                ? new Target.OfDigest(DigestArgument.parse(artifact))
                : new Target.Content(Artifacts.of(artifact, standardInput));
        VerificationResult result = engine.verify(new VerificationRequest(evidence(line, artifact), target,
                new Trust.Key(key, KeyOptions.algorithm(line).orElse(null)),
                new Expectations(Options.text(line, "--type").orElse(null))));
        show(artifact, result, output);
        if (result.unreadable().isPresent()) {
            return result.unreadable().get().code().exitStatus();
        }
        return switch (result.verdict()) {
            case ACCEPTED -> ExitStatus.DONE;
            case REJECTED -> ExitStatus.REJECTED;
            case UNKNOWN -> ExitStatus.UNKNOWN;
        };
    }

    private static Evidence evidence(ParseResult line, String artifact) throws ProblemException {
        Optional<String> signature = Options.text(line, "--signature");
        Optional<String> bundle = Options.text(line, "--bundle");
        if (signature.isPresent() && bundle.isPresent()) {
            throw new UsageException("--bundle and --signature were both given", "give one of them");
        }
        if (signature.isPresent()) {
            Bytes text = UserFiles.read(signature.get(), MAX_SIGNATURE);
            return new Evidence.DetachedSignature(DetachedSignature.read(text));
        }
        if (bundle.isEmpty() && (artifact.equals("-") || artifact.startsWith("sha256:"))) {
            throw new UsageException("there is no file name to find a bundle beside", "name it with --bundle FILE");
        }
        return new Evidence.BundleBytes(UserFiles.read(bundle.orElse(artifact + ".sigstore.json"), SigstoreBundle.MAX_LENGTH));
    }

    private static void show(String artifact, VerificationResult result, Output output) {
        output.line(result.verdict().label() + ": " + artifact);
        for (VerificationResult.Reason reason : result.reasons()) {
            output.line("  " + reason.code().code() + " " + reason.code().title() + ": " + reason.message());
        }
        for (Finding finding : result.findings()) {
            output.line("  " + finding.step().label() + ": " + finding.outcome().label() + ": " + finding.message());
        }
        output.document(JsonText.object()
                .put("artifact", artifact)
                .put("verdict", result.verdict().label())
                .put("reasons", JsonText.array(result.reasons().stream()
                        .<JsonValue>map(reason -> JsonText.object().put("code", reason.code().code()).put("message", reason.message()).build())
                        .toList()))
                .put("findings", JsonText.array(result.findings().stream().<JsonValue>map(VerifyCommand::document).toList()))
                .build());
    }

    private static JsonValue document(Finding finding) {
        var document = JsonText.object().put("step", finding.step().label()).put("outcome", finding.outcome().label());
        finding.code().ifPresent(code -> document.put("code", code.code()));
        return document.put("message", finding.message()).build();
    }
}
