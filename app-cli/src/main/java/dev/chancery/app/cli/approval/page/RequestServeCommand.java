package dev.chancery.app.cli.approval.page;

import dev.chancery.app.cli.approval.RequestOptions;
import dev.chancery.app.cli.approval.RequestReader;
import dev.chancery.app.cli.approval.RequestText;
import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.Options;
import dev.chancery.application.approval.SecurityKeyApproval;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.verification.policy.BoundPolicy;
import java.time.Clock;
import java.util.List;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery request serve`.
public final class RequestServeCommand implements Command {
    private final RequestReader requests;
    private final SecurityKeyApproval approvals;
    private final RequestText text;

    @Inject
    RequestServeCommand(RequestReader requests, SecurityKeyApproval approvals, Clock clock) {
        this.requests = requests;
        this.approvals = approvals;
        this.text = new RequestText(clock);
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("serve", "Opens a page on this machine, on which a browser asks a passkey or security key to approve a request.",
                "  chancery request serve req.json --policy release.yaml --out cem.answer.json",
                "  chancery request serve req.json --policy release.yaml --rp-id sign.example.com --tls sign.p12 --out cem.answer.json");
        spec.addPositional(Options.parameter("REQUEST", "0..1", "A request's file."));
        spec.addOption(Options.value("--policy", "FILE", "The policy that the request names: it has the officer's security key.").build());
        spec.addOption(Options.values("--trusted-root", "FILE", "Authorities and logs, where the policy needs them.").build());
        spec.addOption(Options.value("--keyring", "FILE", "The keyring, where the policy names its entries.").build());
        RequestOptions.addRequester(spec);
        PageOptions.add(spec);
        RequestOptions.addOut(spec, "Where the answer goes");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String out = RequestOptions.out(line);
        RequestReader.Known known = requests.read(Options.single(line, "request"), line);
        BoundPolicy policy = requests.policy(Options.required(line, "--policy", "--policy FILE"), known.request(), line);
        PageOptions options = PageOptions.read(line);
        approvals.ask(known.request());
        Approval work = new Approval(known.request(), policy, options.rpId(), text.whole(known));
        try (PageServer server = options.open(work)) {
            output.besideResult().line("open " + server.url());
            server.await(options.within());
        }
        RequestOptions.write(out, work.answered(), Options.has(line, "--force"), output);
        if (!out.equals("-")) {
            output.line("answer " + out);
            output.document(JsonText.object().put("out", out).put("request", known.request().id().hex()).build());
        }
        return ExitStatus.DONE;
    }

    /// Asks for two approvals: the payload's and this request's.
    private final class Approval implements PageWork {
        private final ApprovalRequest request;
        private final BoundPolicy policy;
        private final String rpId;
        private final String shown;
        private SecurityKeyApproval.@Nullable Asked asked;
        private Bytes answered = Bytes.empty();

        Approval(ApprovalRequest request, BoundPolicy policy, String rpId, String shown) {
            this.request = request;
            this.policy = policy;
            this.rpId = rpId;
            this.shown = shown;
        }

        Bytes answered() {
            return answered;
        }

        @Override
        public String page() {
            return PageJson.html("Approve a signing request", "Compare the code with the requester, read what will be signed, and approve it with your security key. It asks twice:"
                    + " for the content, and for this request.", shown, "Approve");
        }

        @Override
        public JsonValue ask(Bytes json) throws ProblemException {
            SecurityKeyApproval.Asked now = approvals.ask(request);
            asked = now;
            return PageJson.challenges(rpId, List.of(request.payload(), now.statement())).build();
        }

        @Override
        public void answer(Bytes json) throws ProblemException {
            PageJson.Answer answer = PageJson.answer(json);
            if (asked == null || answer.assertions().size() != 2) {
                throw PageException.of(ErrorCode.CLIENT_DATA_UNSOUND, "expected two approvals, found " + answer.assertions().size());
            }
            answered = approvals.answer(asked, answer.assertions().get(0), answer.assertions().get(1), policy);
        }
    }
}
