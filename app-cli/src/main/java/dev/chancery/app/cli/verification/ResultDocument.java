package dev.chancery.app.cli.verification;

import dev.chancery.app.cli.io.Output;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.verification.Finding;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.policy.PolicyResult;
import java.util.List;

/// How a verification's result is shown.
public final class ResultDocument {
    private ResultDocument() {}

    /// Shows one result whole: an error when the input is at fault, else the verdict.
    ///
    /// @param whole whether text shows each step for each signer of a policy too; JSON always does
    public static void show(String artifact, Judgement judgement, boolean whole, Output output) {
        if (judgement.unreadable().isPresent()) {
            output.problem(judgement.unreadable().get());
            return;
        }
        output.line(judgement.verdict().label() + ": " + artifact);
        for (Reason reason : judgement.reasons()) {
            output.line("  " + reason.code().code() + " " + reason.code().title() + ": " + reason.message());
        }
        VerificationResult byTrust = judgement.byTrustOrNull();
        PolicyResult byPolicies = judgement.byPoliciesOrNull();
        var document = JsonText.object()
                .put("artifact", artifact)
                .put("verdict", judgement.verdict().label())
                .put("reasons", reasons(judgement.reasons()))
                .put("findings", byTrust == null ? JsonText.array(List.of()) : findings(byTrust))
                .put("signatures", JsonText.array(judgement.signatures().stream().<JsonValue>map(SignatureDocument::of).toList()));
        if (byTrust != null) {
            byTrust.findings().forEach(finding ->
                    output.line("  " + finding.step().label() + ": " + finding.outcome().label() + ": " + finding.message()));
        }
        if (byPolicies != null) {
            PolicyDocument.show(byPolicies, whole, output);
            document.put("policies", PolicyDocument.policies(byPolicies)).put("evidence", PolicyDocument.evidence(byPolicies));
        }
        output.document(document.build());
    }

    /// The decision of policies as text.
    public static void lines(PolicyResult result, Output output) {
        PolicyDocument.show(result, false, output);
    }

    /// The policies that decided, as JSON.
    public static JsonValue policies(PolicyResult result) {
        return PolicyDocument.policies(result);
    }

    /// What policies made of the evidence, as JSON.
    public static JsonValue evidence(PolicyResult result) {
        return PolicyDocument.evidence(result);
    }

    /// The reasons as JSON: an array of `{"code", "message"}`.
    public static JsonValue reasons(List<Reason> reasons) {
        return JsonText.array(reasons.stream().<JsonValue>map(reason -> reason(reason.code().code(), reason.message())).toList());
    }

    /// One reason as JSON.
    public static JsonValue reason(String code, String message) {
        return JsonText.object().put("code", code).put("message", message).build();
    }

    static JsonValue findings(VerificationResult result) {
        return JsonText.array(result.findings().stream().<JsonValue>map(ResultDocument::finding).toList());
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
}
