package dev.chancery.app.cli.verification;

import dev.chancery.app.cli.io.Output;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.verification.Finding;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerifiedSignature;

/// How a verification's result is shown.
public final class ResultDocument {
    private ResultDocument() {}

    /// Shows one result whole.
    public static void show(String artifact, VerificationResult result, Output output) {
        output.line(result.verdict().label() + ": " + artifact);
        for (VerificationResult.Reason reason : result.reasons()) {
            output.line("  " + reason.code().code() + " " + reason.code().title() + ": " + reason.message());
        }
        for (Finding finding : result.findings()) {
            output.line("  " + finding.step().label() + ": " + finding.outcome().label() + ": " + finding.message());
        }
        output.document(JsonText.object()
                .put("artifact", artifact)
                .put("verdict", result.verdict().label())
                .put("reasons", reasons(result))
                .put("findings", JsonText.array(result.findings().stream().<JsonValue>map(ResultDocument::finding).toList()))
                .put("signatures", JsonText.array(result.verified().stream().<JsonValue>map(SignatureDocument::of).toList()))
                .build());
    }

    /// The reasons as JSON: an array of `{"code", "message"}`.
    public static JsonValue reasons(VerificationResult result) {
        return JsonText.array(result.reasons().stream().<JsonValue>map(reason -> reason(reason.code().code(), reason.message())).toList());
    }

    /// One reason as JSON.
    public static JsonValue reason(String code, String message) {
        return JsonText.object().put("code", code).put("message", message).build();
    }

    /// A verified signature as JSON.
    public static JsonValue signature(VerifiedSignature signature) {
        return SignatureDocument.of(signature);
    }

    private static JsonValue finding(Finding finding) {
        var document = JsonText.object().put("step", finding.step().label()).put("outcome", finding.outcome().label());
        finding.code().ifPresent(code -> document.put("code", code.code()));
        return document.put("message", finding.message()).build();
    }

    /// How a command ends whose only result this is: input that is at fault ends it as itself.
    public static ExitStatus status(VerificationResult result) {
        if (result.unreadable().isPresent()) {
            return result.unreadable().get().code().exitStatus();
        }
        return switch (result.verdict()) {
            case ACCEPTED -> ExitStatus.DONE;
            case REJECTED -> ExitStatus.REJECTED;
            case UNKNOWN -> ExitStatus.UNKNOWN;
        };
    }
}
