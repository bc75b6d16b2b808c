package dev.chancery.app.cli.verification;

import dev.chancery.app.cli.io.Output;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.verification.Finding;
import dev.chancery.verification.Step;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.policy.PolicyResult.Attempt;
import dev.chancery.verification.policy.PolicyResult.Decision;
import dev.chancery.verification.policy.PolicyResult.Item;
import dev.chancery.verification.policy.PolicyResult;
import java.util.List;
import java.util.TreeSet;

/// How the decision of policies is shown.
final class PolicyDocument {
    private PolicyDocument() {}

    /// @param whole whether each step of each attempt is shown too
    static void show(PolicyResult result, boolean whole, Output output) {
        for (Decision policy : result.policies()) {
            output.line("  policy " + policy.origin() + " (" + policy.digest() + "): " + policy.verdict().label());
            policy.demands().forEach(demand -> output.line("    " + demand.verdict().label() + ": " + demand.message()));
        }
        for (Item item : result.evidence()) {
            output.line("  " + item.place() + ": " + item.verdict().label() + (item.attempts().isEmpty() ? "" : " as "
                    + String.join(", ", new TreeSet<>(item.attempts().stream().map(Attempt::signer).toList())) + "'s"));
            if (whole || result.verdict() == Verdict.ACCEPTED) {
                item.reasons().forEach(reason -> output.line("    " + reason.code().code() + " " + reason.code().title() + ": " + reason.message()));
            }
            if (!whole) {
                item.attempts().stream().flatMap(attempt -> attempt.result().findings().stream()).filter(PolicyDocument::limits).map(Finding::message).distinct()
                        .forEach(message -> output.line("    " + message));
            }
            if (whole) {
                item.attempts().forEach(attempt -> explain(attempt, output));
            }
        }
    }

    /// What is said of a key that counts: that it is good for less than it seems.
    private static boolean limits(Finding finding) {
        return finding.step() == Step.KEY && finding.outcome() == Finding.Outcome.NOT_REQUIRED;
    }

    private static void explain(Attempt attempt, Output output) {
        output.line("    held against " + attempt.signer() + " of " + attempt.policy() + ": " + attempt.result().verdict().label());
        for (Finding finding : attempt.result().findings()) {
            output.line("      " + finding.step().label() + ": " + finding.outcome().label() + finding.code().map(code -> " " + code.code()).orElse("")
                    + ": " + finding.message());
        }
    }

    static JsonValue policies(PolicyResult result) {
        return JsonText.array(result.policies().stream().<JsonValue>map(policy -> JsonText.object()
                .put("origin", policy.origin())
                .put("digest", policy.digest().toString())
                .put("verdict", policy.verdict().label())
                .put("demands", JsonText.array(policy.demands().stream().<JsonValue>map(demand -> JsonText.object()
                        .put("demand", demand.demand())
                        .put("role", demand.role())
                        .put("wanted", demand.wanted())
                        .put("counted", texts(List.copyOf(new TreeSet<>(demand.counted()))))
                        .put("verdict", demand.verdict().label())
                        .put("message", demand.message())
                        .build()).toList()))
                .build()).toList());
    }

    static JsonValue evidence(PolicyResult result) {
        return JsonText.array(result.evidence().stream().<JsonValue>map(item -> JsonText.object()
                .put("place", item.place())
                .put("verdict", item.verdict().label())
                .put("reasons", JsonText.array(item.reasons().stream().<JsonValue>map(reason ->
                        ResultDocument.reason(reason.code().code(), reason.message())).toList()))
                .put("attempts", JsonText.array(item.attempts().stream().map(PolicyDocument::attempt).toList()))
                .build()).toList());
    }

    private static JsonValue attempt(Attempt attempt) {
        return JsonText.object()
                .put("policy", attempt.policy())
                .put("signer", attempt.signer())
                .put("verdict", attempt.result().verdict().label())
                .put("findings", ResultDocument.findings(attempt.result()))
                .build();
    }

    private static JsonValue texts(List<String> texts) {
        return JsonText.array(texts.stream().<JsonValue>map(JsonValue.JsonString::new).toList());
    }
}
