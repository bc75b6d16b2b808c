package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Confirmation;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.keys.KeyKeeper;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.formats.json.JsonText;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery key destroy`: there is no way back, so the key's id is wanted in full, and a confirmation besides.
public final class KeyDestroyCommand implements Command {
    private final KeyKeeper keys;
    private final KeyOptions keyOptions;

    @Inject
    KeyDestroyCommand(KeyKeeper keys, KeyOptions keyOptions) {
        this.keys = keys;
        this.keyOptions = keyOptions;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("destroy", "Destroys a private key in a token, and the public key object beside it, for ever.",
                "  chancery key destroy 'pkcs11:token=release;object=old?module-path=/usr/lib/softhsm/libsofthsm2.so' --key-id 9f86d081884c…");
        spec.addPositional(Options.parameter("KEY", "1", "The pkcs11: URI of one key. Certificates beside it stay."));
        spec.addOption(Options.value("--key-id", "ID", "The key's full id, as chancery key show says it: nothing happens to any other key.").build());
        spec.addOption(Options.flag("--yes", "Do not ask whether it is meant. Without a terminal nobody can be asked, and this is needed.").build());
        KeyOptions.addAccess(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        KeyRef ref = KeyRef.parse(Options.single(line, "key"));
        String given = Options.required(line, "--key-id", "--key-id ID, the key's full id");
        if (!given.matches("[0-9a-fA-F]{64}")) {
            throw new UsageException("--key-id is not a full key id of 64 hexadecimal digits", "copy it from chancery key show");
        }
        KeyId id = KeyId.fromHex(given);
        if (!Options.has(line, "--yes") && !Confirmation.given("Destroy the key " + id.hex() + " for ever?")) {
            throw new UsageException("the destruction was not confirmed", "answer yes, or add --yes");
        }
        keys.destroy(ref, id, keyOptions.access(line));
        output.line("destroyed " + id.hex());
        output.document(JsonText.object().put("destroyed", id.hex()).build());
        return ExitStatus.DONE;
    }
}
