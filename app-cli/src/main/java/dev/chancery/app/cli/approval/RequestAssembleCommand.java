package dev.chancery.app.cli.approval;

import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.verification.ResultDocument;
import dev.chancery.domain.approval.ApprovalAnswer;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.approval.ApprovalAnswerCodec;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.approval.AnswerVerifier;
import dev.chancery.verification.approval.AssemblyResult;
import dev.chancery.verification.approval.AssemblyResult.Checked;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.PolicyVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery request assemble`.
public final class RequestAssembleCommand implements Command {
    private final RequestReader requests;
    private final AnswerVerifier verifier;

    @Inject
    RequestAssembleCommand(RequestReader requests, AnswerVerifier verifier) {
        this.requests = requests;
        this.verifier = verifier;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("assemble", "Verifies officers' answers to a request and makes a quorum of them, or says who is missing.",
                "  chancery request assemble req.json ann.answer.json bob.answer.json --policy release.yaml --bundle app.tar.gz.quorum.json");
        spec.addPositional(Options.parameter("FILE", "0..*", "The request's file, and then the answers'."));
        spec.addOption(Options.value("--policy", "FILE", "The policy that the request names.").build());
        spec.addOption(Options.values("--trusted-root", "FILE", "Authorities and logs, where the policy needs them.").build());
        spec.addOption(Options.value("--keyring", "FILE", "The keyring, where the policy names its entries.").build());
        RequestOptions.addRequester(spec);
        spec.addOption(Options.value("--bundle", "OUT", "Where the quorum goes; - is standard output.", "-o").build());
        spec.addOption(Options.flag("--force", "Replace an existing output file.").build());
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<String> files = Options.parameters(line);
        if (files.isEmpty() || files.size() > PolicyVerifier.MAX_EVIDENCE) {
            throw new UsageException("expected a request and up to " + (PolicyVerifier.MAX_EVIDENCE - 1) + " answers, found " + files.size() + " files",
                    "name the request's file first, and then the answers'");
        }
        String out = Options.required(line, "--bundle", "--bundle OUT");
        if (!out.equals("-")) {
            UserFiles.refuseExisting(out, Options.has(line, "--force"));
        }
        ApprovalRequest request = requests.read(files.getFirst(), line).request();
        BoundPolicy policy = requests.policy(Options.required(line, "--policy", "--policy FILE"), request, line);
        List<AnswerVerifier.Given> answers = new ArrayList<>();
        List<Checked> unreadable = new ArrayList<>();
        for (String file : files.subList(1, files.size())) {
            Bytes json = UserFiles.read(file, ApprovalAnswer.MAX_LENGTH);
            try {
                answers.add(new AnswerVerifier.Given(file, ApprovalAnswerCodec.read(json, request.payload())));
            } catch (FormatException e) {
                unreadable.add(new Checked(file, List.of(new Reason(e.problem().code(), e.problem().why()))));
            }
        }
        return report(verifier.verify(request, answers, policy), unreadable, out, Options.has(line, "--force"), output);
    }

    private static ExitStatus report(AssemblyResult result, List<Checked> unreadable, String out, boolean force, Output output) throws ProblemException {
        boolean toStandardOutput = out.equals("-") && result.quorum().isPresent();
        Output messages = toStandardOutput ? output.besideResult() : output;
        messages.line(result.verdict().label());
        List<Checked> answers = Stream.concat(result.answers().stream(), unreadable.stream()).toList();
        for (Checked answer : answers) {
            messages.line("  " + answer.place() + ": " + (answer.accepted() ? "counts as " + String.join(", ", answer.signers()) + "'s" : "refused"));
            answer.reasons().forEach(reason -> show(reason, "    ", messages));
        }
        result.reasons().forEach(reason -> show(reason, "  ", messages));
        var document = JsonText.object()
                .put("verdict", result.verdict().label())
                .put("answers", JsonText.array(answers.stream().map(RequestAssembleCommand::document).toList()))
                .put("reasons", ResultDocument.reasons(result.reasons()));
        if (result.quorum().isPresent()) {
            Bytes encoded = QuorumCodec.write(result.quorum().get());
            RequestOptions.write(out, encoded, force, output);
            String digest = HashAlgorithm.SHA_256.digest(encoded).toString();
            messages.line("quorum " + out + " (" + digest + ")");
            document.put("bundle", out).put("digest", digest);
        }
        if (!toStandardOutput) {
            output.document(document.build());
        }
        return switch (result.verdict()) {
            case ACCEPTED -> ExitStatus.DONE;
            case REJECTED -> ExitStatus.REJECTED;
            case UNKNOWN -> ExitStatus.UNKNOWN;
        };
    }

    private static void show(Reason reason, String indent, Output output) {
        output.line(indent + reason.code().code() + " " + reason.code().title() + ": " + reason.message());
    }

    private static JsonValue document(Checked answer) {
        return JsonText.object()
                .put("place", answer.place())
                .put("accepted", answer.accepted())
                .put("signers", JsonText.array(answer.signers().stream().<JsonValue>map(JsonValue.JsonString::new).toList()))
                .put("reasons", ResultDocument.reasons(answer.reasons()))
                .build();
    }
}
