package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.application.keys.KeyKeeper;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyRef;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery key rotate`.
public final class KeyRotateCommand implements Command {
    private final KeyKeeper keys;
    private final KeyOptions keyOptions;

    @Inject
    KeyRotateCommand(KeyKeeper keys, KeyOptions keyOptions) {
        this.keys = keys;
        this.keyOptions = keyOptions;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("rotate",
                "Makes a new version of a key in a key service; what older versions signed verifies with their own public keys as before.",
                "  chancery key rotate hashivault://release",
                "  chancery key rotate awskms:///alias/release");
        spec.addPositional(Options.parameter("KEY", "1",
                "The URI of a key in a key service, without a version. For AWS KMS an alias, which moves on to a new key."));
        KeyOptions.addAccess(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        KeyDescription made = keys.rotate(KeyRef.parse(Options.single(line, "key")), keyOptions.access(line));
        KeyDescriptions.show(made, output);
        output.document(KeyDescriptions.document(made));
        return ExitStatus.DONE;
    }
}
