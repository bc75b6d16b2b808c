package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.application.keys.KeyKeeper;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.formats.json.JsonText;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery key list`.
public final class KeyListCommand implements Command {
    private final KeyKeeper keys;
    private final KeyOptions keyOptions;

    @Inject
    KeyListCommand(KeyKeeper keys, KeyOptions keyOptions) {
        this.keys = keys;
        this.keyOptions = keyOptions;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("list", "Lists the private keys of a token or in a file.",
                "  chancery key list 'pkcs11:token=release?module-path=/usr/lib/softhsm/libsofthsm2.so'",
                "  chancery key list fido2:");
        spec.addPositional(Options.parameter("KEY", "1", "A path, a pkcs11: URI that names a token, a module or a key, fido2: for security keys, or the URI of a key service, such as awskms:///."));
        KeyOptions.addAccess(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<KeyDescription> found = keys.list(KeyRef.parse(Options.single(line, "key")), keyOptions.access(line));
        found.forEach(key -> KeyDescriptions.show(key, output));
        if (found.isEmpty()) {
            output.line("no private key is there");
        }
        output.document(JsonText.array(found.stream().map(KeyDescriptions::document).toList()));
        return ExitStatus.DONE;
    }
}
