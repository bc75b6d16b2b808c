package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.verification.PolicyReader;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.verification.policy.PolicyLint;
import dev.chancery.verification.policy.PolicyLint.Remark;
import java.util.List;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery policy check`: what is wrong with a policy, and what may be.
public final class PolicyCheckCommand implements Command {
    private final PolicyLint lint;

    @Inject
    PolicyCheckCommand(PolicyLint lint) {
        this.lint = lint;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("check", "Shows what is wrong with a policy, and what may be. Opens no socket.",
                "  chancery policy check release.yaml",
                "  chancery policy check release.yaml --output json");
        spec.addPositional(Options.parameter("POLICY", "0..1", "A policy's file (docs/policy.md)."));
        spec.addOption(Options.value("--keyring", "FILE", "The keyring whose entries the policy names.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String file = Options.single(line, "policy");
        VerificationPolicy policy = PolicyReader.read(file);
        List<Remark> remarks = lint.check(policy, Options.has(line, "--keyring") ? PolicyReader.keyring(Options.required(line, "--keyring", "keyring.json")) : null);
        boolean sound = remarks.stream().allMatch(Remark::isOnlyAdvice);
        output.line((sound ? "sound: " : "faulty: ") + file + " (" + policy.digest() + "): " + policy.signers().size() + " signers, " + policy.roles().size()
                + " roles, " + policy.demands().size() + " demands");
        remarks.forEach(remark -> output.line("  " + (remark.isOnlyAdvice() ? "advice" : remark.code()) + ": " + remark.place() + ": " + remark.message()));
        output.document(JsonText.object()
                .put("policy", file)
                .put("digest", policy.digest().toString())
                .put("sound", sound)
                .put("remarks", JsonText.array(remarks.stream().<JsonValue>map(PolicyCheckCommand::remark).toList()))
                .build());
        return sound ? ExitStatus.DONE : ExitStatus.UNREADABLE;
    }

    private static JsonValue remark(Remark remark) {
        var document = JsonText.object().put("kind", remark.isOnlyAdvice() ? "advice" : "fault");
        if (!remark.isOnlyAdvice()) {
            document.put("code", remark.code());
        }
        return document.put("place", remark.place()).put("message", remark.message()).build();
    }
}
