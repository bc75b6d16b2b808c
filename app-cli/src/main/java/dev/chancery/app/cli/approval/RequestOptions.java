package dev.chancery.app.cli.approval;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Options that the request commands have in common.
public final class RequestOptions {
    private static final String OUT = "--out";

    private RequestOptions() {}

    /// The options that say where the result goes.
    public static void addOut(CommandSpec spec, String what) {
        spec.addOption(Options.value(OUT, "OUT", what + "; - is standard output.", "-o").build());
        spec.addOption(Options.flag("--force", "Replace an existing output file.").build());
    }

    /// The option for the requester's key.
    public static void addRequester(CommandSpec spec) {
        spec.addOption(Options.value("--requester-key", "FILE", "The requester's public key, which must have signed the request.").build());
    }

    /// Where the result goes; an existing file is refused before any work is done.
    ///
    /// @throws ProblemException when it isn't said, or exists and may not be replaced
    public static String out(ParseResult line) throws ProblemException {
        String out = Options.required(line, OUT, "--out OUT");
        if (!out.equals("-")) {
            UserFiles.refuseExisting(out, Options.has(line, "--force"));
        }
        return out;
    }

    /// Writes the result.
    ///
    /// @throws ProblemException when it can't be written
    public static void write(String out, Bytes content, boolean force, Output output) throws ProblemException {
        if (out.equals("-")) {
            output.raw(content);
        } else {
            UserFiles.write(out, content, force);
        }
    }
}
