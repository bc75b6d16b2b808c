package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.keys.KeyKeeper;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.formats.json.JsonText;
import java.util.Arrays;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery key generate`.
public final class KeyGenerateCommand implements Command {
    private static final String SECURITY_KEY = "fido2:";

    private final KeyKeeper keys;
    private final KeyOptions keyOptions;
    private final AttestationReport attestations;

    @Inject
    KeyGenerateCommand(KeyKeeper keys, KeyOptions keyOptions, AttestationReport attestations) {
        this.keys = keys;
        this.keyOptions = keyOptions;
        this.attestations = attestations;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("generate",
                "Makes a key: in a token it is sensitive, not extractable and for signing only; a file is encrypted.",
                "  chancery key generate release.key",
                "  chancery key generate 'pkcs11:token=release;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so' --type p256",
                "  chancery key generate 'fido2:sign.example.com?file=cem.fido2.json&name=cem'");
        spec.addPositional(Options.parameter("KEY", "1", "Where to make it and what to call it: a path, pkcs11:…, fido2:… or the URI of a key service."));
        spec.addOption(Options.value("--type", "KIND",
                "p256 (the default), p384, p521, ed25519, rsa2048, rsa3072, rsa4096, ml-dsa-44, ml-dsa-65 or ml-dsa-87.").build());
        spec.addOption(Options.value("--format", "FORMAT",
                "Of a key file: sigstore (the default; cosign reads it), pkcs8 (encrypted; OpenSSL reads it) or pkcs8-plain.").build());
        AttestationReport.addOptions(spec);
        KeyOptions.addAccess(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        KeyRef ref = KeyRef.parse(Options.single(line, "key"));
        String type = Options.text(line, "--type").orElse(KeySpec.P_256.cliName());
        KeySpec spec = Arrays.stream(KeySpec.values()).filter(candidate -> candidate.cliName().equals(type)).findFirst()
                .orElseThrow(() -> new UsageException("there is no kind of key called " + type,
                        "use one of " + String.join(", ", Arrays.stream(KeySpec.values()).map(KeySpec::cliName).toList())));
        KeyGeneration.FileFormat format = switch (Options.text(line, "--format").orElse("sigstore")) {
            case "sigstore" -> KeyGeneration.FileFormat.SIGSTORE;
            case "pkcs8" -> KeyGeneration.FileFormat.PKCS8_ENCRYPTED;
            case "pkcs8-plain" -> KeyGeneration.FileFormat.PKCS8_PLAIN;
            case String other -> throw new UsageException("there is no key file format " + other, "use sigstore, pkcs8 or pkcs8-plain");
        };
        if (!ref.text().startsWith(SECURITY_KEY) && Options.has(line, "--metadata")) {
            throw new UsageException("--metadata is about security keys, and this key is none", "leave it out");
        }
        KeyDescription made = keys.generate(ref, new KeyGeneration(spec, format), keyOptions.access(line));
        KeyDescriptions.show(made, output);
        if (made.uri().startsWith(SECURITY_KEY)) {
            KeyEvidence evidence = keys.evidence(KeyRef.parse(made.uri()), keyOptions.access(line));
            output.document(JsonText.object().put("key", KeyDescriptions.document(made)).put("attestation", attestations.show(evidence, line, output)).build());
        } else {
            output.document(KeyDescriptions.document(made));
        }
        return ExitStatus.DONE;
    }
}
