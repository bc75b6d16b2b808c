package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.keys.KeyKeeper;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.formats.json.JsonText;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery key export`: the public half.
public final class KeyExportCommand implements Command {
    private final KeyKeeper keys;
    private final KeyOptions keyOptions;

    @Inject
    KeyExportCommand(KeyKeeper keys, KeyOptions keyOptions) {
        this.keys = keys;
        this.keyOptions = keyOptions;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("export", "Writes the public half of a key as PEM.",
                "  chancery key export release.key -o release.pub");
        spec.addPositional(Options.parameter("KEY", "1", "A path, env://NAME or pkcs11:…"));
        spec.addOption(Options.value("-o", "OUT", "Where it goes; standard output when not given.").build());
        spec.addOption(Options.flag("--force", "Replace an existing output file.").build());
        KeyOptions.addAccess(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        Optional<String> file = Options.text(line, "-o");
        boolean force = Options.has(line, "--force");
        if (file.isPresent()) {
            UserFiles.refuseExisting(file.get(), force);
        }
        KeyDescription key = keys.describe(KeyRef.parse(Options.single(line, "key")), keyOptions.access(line));
        ExpectedKey expected = key.expectedKey().orElseThrow(() -> new UsageException(ErrorCode.EXPECTED_KEY_UNKNOWN,
                "nothing beside the private key tells its public half", "put the public key object or a certificate on the token"));
        Bytes pem = Bytes.ofUtf8(expected.key().pem());
        if (file.isPresent()) {
            UserFiles.write(file.get(), pem, force);
            output.line("wrote " + file.get() + " (key " + expected.key().id().hex() + ")");
            output.document(JsonText.object().put("file", file.get()).put("keyId", expected.key().id().hex()).build());
        } else if (output.json()) {
            output.document(JsonText.object().put("publicKey", expected.key().pem()).put("keyId", expected.key().id().hex()).build());
        } else {
            output.raw(pem);
        }
        return ExitStatus.DONE;
    }
}
