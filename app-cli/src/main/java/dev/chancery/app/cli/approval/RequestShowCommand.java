package dev.chancery.app.cli.approval;

import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import java.time.Clock;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery request show`.
public final class RequestShowCommand implements Command {
    private final RequestReader requests;
    private final RequestText text;

    @Inject
    RequestShowCommand(RequestReader requests, Clock clock) {
        this.requests = requests;
        this.text = new RequestText(clock);
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("show", "Shows what a request asks to be signed, all of it. Signs nothing.",
                "  chancery request show req.json",
                "  chancery request show req.json --requester-key requester.pub");
        spec.addPositional(Options.parameter("REQUEST", "0..1", "A request's file."));
        RequestOptions.addRequester(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        RequestReader.Known known = requests.read(Options.single(line, "request"), line);
        text.show(known, output);
        output.document(text.document(known));
        return ExitStatus.DONE;
    }
}
