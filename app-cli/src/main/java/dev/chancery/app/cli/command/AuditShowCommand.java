package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.audit.AuditReport;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery audit show`: what was signed, oldest first. With JSON, a line for each entry.
public final class AuditShowCommand implements Command {
    private final AuditLog audit;

    @Inject
    AuditShowCommand(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public CommandSpec spec() {
        return Options.command("show", "Shows the audit log's entries, oldest first; with --output json, a line for each.",
                "  chancery audit show", "  chancery audit show --output json");
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        AuditReport report = audit.verify((index, event) -> show(index, event, output));
        report.broken().ifPresent(why -> output.note(ErrorCode.AUDIT_BROKEN.code() + " the audit log was altered: " + why));
        return report.broken().isEmpty() ? ExitStatus.DONE : ErrorCode.AUDIT_BROKEN.exitStatus();
    }

    private static void show(long index, AuditEvent event, Output output) {
        switch (event) {
            case AuditEvent.SignatureMade made -> {
                output.line(index + " " + made.time() + " " + made.actor() + " signed (" + made.purpose() + ", " + made.algorithm() + ") with "
                        + made.keyId() + " " + made.keyUri());
                made.subjects().forEach(subject -> output.line("    " + subject.name() + " " + subject.digest()));
                output.document(common(index, event)
                        .put("event", "signature").put("purpose", made.purpose()).put("algorithm", made.algorithm())
                        .put("keyId", made.keyId()).put("keyUri", made.keyUri()).put("signature", made.signature().toString())
                        .put("subjects", subjects(made.subjects()))
                        .build());
            }
            case AuditEvent.SignatureUnanswered asked -> {
                output.line(index + " " + asked.time() + " " + asked.actor() + " asked for a signature (" + asked.purpose() + ", " + asked.algorithm() + ") by "
                        + asked.keyId() + " " + asked.keyUri() + " and got no answer (" + asked.code() + "): nothing was handed out");
                asked.subjects().forEach(subject -> output.line("    " + subject.name() + " " + subject.digest()));
                output.document(common(index, event)
                        .put("event", "signatureUnanswered").put("purpose", asked.purpose()).put("algorithm", asked.algorithm())
                        .put("keyId", asked.keyId()).put("keyUri", asked.keyUri()).put("code", asked.code())
                        .put("subjects", subjects(asked.subjects()))
                        .build());
            }
            case AuditEvent.KeyRotated rotated -> {
                output.line(index + " " + rotated.time() + " " + rotated.actor() + " rotated " + rotated.previousKeyId() + " to " + rotated.keyId() + " "
                        + rotated.keyUri());
                output.document(common(index, event).put("event", "keyRotated").put("keyId", rotated.keyId())
                        .put("keyUri", rotated.keyUri()).put("previousKeyId", rotated.previousKeyId()).build());
            }
            case AuditEvent.KeyGenerated made -> {
                output.line(index + " " + made.time() + " " + made.actor() + " generated " + made.kind() + " " + made.keyId() + " "
                        + made.keyUri());
                output.document(common(index, event).put("event", "keyGenerated").put("keyId", made.keyId())
                        .put("keyUri", made.keyUri()).put("kind", made.kind()).build());
            }
            case AuditEvent.SignatureAttempt attempt -> {
                boolean intended = attempt.progress() == AuditEvent.SignatureAttempt.Progress.INTENDED;
                output.line(index + " " + attempt.time() + " " + attempt.actor() + (intended ? " is about to sign the item " : " did not sign the item ")
                        + attempt.item().hex() + " with " + attempt.keyId() + " " + attempt.keyUri());
                output.document(common(index, event).put("event", "signatureAttempt").put("step", intended ? "intended" : "notMade")
                        .put("item", attempt.item().hex()).put("keyId", attempt.keyId()).put("keyUri", attempt.keyUri()).build());
            }
            case AuditEvent.KeyDestruction destruction -> {
                boolean done = destruction.step() == AuditEvent.KeyDestruction.Step.DONE;
                output.line(index + " " + destruction.time() + " " + destruction.actor() + (done ? " destroyed " : " is about to destroy ")
                        + destruction.keyId() + " " + destruction.keyUri());
                output.document(common(index, event).put("event", "keyDestruction").put("step", done ? "done" : "intended")
                        .put("keyId", destruction.keyId()).put("keyUri", destruction.keyUri()).build());
            }
        }
    }

    private static JsonValue subjects(List<AuditEvent.NamedDigest> subjects) {
        return JsonText.array(subjects.stream()
                .<JsonValue>map(subject -> JsonText.object().put("name", subject.name()).put("digest", subject.digest().toString()).build())
                .toList());
    }

    private static JsonText.ObjectBuilder common(long index, AuditEvent event) {
        return JsonText.object().put("index", Long.toString(index)).put("time", event.time().toString()).put("actor", event.actor());
    }
}
