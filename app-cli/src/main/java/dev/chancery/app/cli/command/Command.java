package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One subcommand: what it takes, and what it does.
public interface Command {
    /// The options and parameters, built anew at each call, without reflection.
    CommandSpec spec();

    /// Carries out a command line that [#spec()] has parsed.
    ///
    /// @throws ProblemException when it can't be; nothing is half done
    ExitStatus run(ParseResult line, Output output) throws ProblemException;
}
