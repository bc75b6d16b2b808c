package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.audit.AuditReport;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery audit verify`: every link of the chain.
public final class AuditVerifyCommand implements Command {
    private final AuditLog audit;

    @Inject
    AuditVerifyCommand(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public CommandSpec spec() {
        return Options.command("verify", "Checks every link of the audit log's chain.", "  chancery audit verify");
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        AuditReport report = audit.verify((index, event) -> {});
        boolean whole = report.broken().isEmpty();
        output.line(whole ? "the audit log holds: " + report.entries() + " entries" : ErrorCode.AUDIT_BROKEN.code() + " the audit log was altered: "
                + report.broken().orElse("") + "; " + report.entries() + " entries before that hold");
        output.line("head " + report.head());
        if (report.unfinishedBytes() > 0) {
            output.line(report.unfinishedBytes() + " bytes of an interrupted append follow; no signature was handed out for them");
        }
        var document = JsonText.object().put("holds", whole).put("entries", Long.toString(report.entries()))
                .put("head", report.head().toString()).put("unfinishedBytes", Long.toString(report.unfinishedBytes()));
        report.broken().ifPresent(why -> document.put("broken", why));
        output.document(document.build());
        return whole ? ExitStatus.DONE : ErrorCode.AUDIT_BROKEN.exitStatus();
    }
}
