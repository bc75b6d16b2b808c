package dev.chancery.app.cli.registry;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.registry.ReferenceVerification.Outcome;
import dev.chancery.app.cli.verification.ResultDocument;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.image.ImageResult;
import java.util.List;

/// How the verification of a reference is shown.
public final class OutcomeDocument {
    private OutcomeDocument() {}

    /// Shows one outcome whole.
    public static void show(Outcome outcome, Output output) {
        lines(outcome, output);
        output.document(document(outcome));
    }

    /// Shows one outcome as text.
    public static void lines(Outcome outcome, Output output) {
        output.line(outcome.verdict().label() + ": " + outcome.reference());
        outcome.artifact().ifPresent(digest -> output.line("  artifact: " + digest));
        for (Reason reason : reasons(outcome)) {
            output.line("  " + reason.code().code() + " " + reason.code().title() + ": " + reason.message());
        }
        ImageResult result = outcome.resultOrNull();
        if (result != null) {
            for (ImageResult.Item item : result.items()) {
                output.line("  " + item.verdict().label() + ": " + item.place() + item.signatures().stream().map(OutcomeDocument::signer)
                        .reduce("", String::concat));
            }
            result.byPolicies().ifPresent(policies -> ResultDocument.lines(policies, output));
            if (outcome.ignored() > 0) {
                output.line("  " + outcome.ignored() + " referrers of other kinds were passed over");
            }
            if (outcome.verdict() == Verdict.ACCEPTED) {
                result.missing().forEach(problem -> output.note("note: " + problem.code().code() + " " + problem.what() + ": " + problem.why()));
            }
        }
    }

    private static String signer(VerifiedSignature signature) {
        return signature.certificate().map(certificate -> " by " + certificate.names().getFirst().value())
                .orElseGet(() -> " by key " + signature.keyId().hex());
    }

    /// What stands against acceptance.
    public static List<Reason> reasons(Outcome outcome) {
        if (outcome.resultOrNull() != null) {
            return outcome.resultOrNull().reasons();
        }
        Problem problem = java.util.Objects.requireNonNull(outcome.problemOrNull());
        return List.of(new Reason(problem.code(), problem.what() + ": " + problem.why()));
    }

    /// The reasons as JSON: an array of `{"code", "message"}`.
    public static JsonValue reasonsDocument(Outcome outcome) {
        return ResultDocument.reasons(reasons(outcome));
    }

    /// One outcome as JSON.
    public static JsonValue document(Outcome outcome) {
        var document = JsonText.object().put("artifact", outcome.reference().toString());
        outcome.artifact().ifPresent(digest -> document.put("digest", digest.toString()));
        document.put("verdict", outcome.verdict().label()).put("reasons", reasonsDocument(outcome));
        ImageResult result = outcome.resultOrNull();
        if (result != null) {
            document.put("signatures", JsonText.array(result.signatures().stream().map(ResultDocument::signature).toList()))
                    .put(result.byPolicies().isPresent() ? "byTrust" : "evidence", JsonText.array(result.items().stream().<JsonValue>map(item -> JsonText.object()
                            .put("place", item.place()).put("verdict", item.verdict().label()).put("reasons", ResultDocument.reasons(item.reasons())).build()).toList()))
                    .put("passedOver", outcome.ignored());
            result.byPolicies().ifPresent(policies -> document.put("policies", ResultDocument.policies(policies)).put("evidence", ResultDocument.evidence(policies)));
        }
        return document.build();
    }

    /// How a command ends whose only outcome this is.
    public static ExitStatus status(Outcome outcome) {
        return switch (outcome.verdict()) {
            case ACCEPTED -> ExitStatus.DONE;
            case REJECTED -> ExitStatus.REJECTED;
            case UNKNOWN -> ExitStatus.UNKNOWN;
        };
    }
}
