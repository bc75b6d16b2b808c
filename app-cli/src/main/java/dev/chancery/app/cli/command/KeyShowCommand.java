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

/// `chancery key show`.
public final class KeyShowCommand implements Command {
    private final KeyKeeper keys;
    private final KeyOptions keyOptions;

    @Inject
    KeyShowCommand(KeyKeeper keys, KeyOptions keyOptions) {
        this.keys = keys;
        this.keyOptions = keyOptions;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("show", "Shows one private key: its id, its kind, where its public half was read, which verifiers take its bundles.",
                "  chancery key show release.key");
        spec.addPositional(Options.parameter("KEY", "1", "A path, env://NAME or pkcs11:…"));
        KeyOptions.addAccess(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        KeyDescription key = keys.describe(KeyRef.parse(Options.single(line, "key")), keyOptions.access(line));
        KeyDescriptions.show(key, output);
        KeyDescriptions.showVerifiers(key, output);
        output.document(KeyDescriptions.documentWithVerifiers(key));
        return ExitStatus.DONE;
    }
}
