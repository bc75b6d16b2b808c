package dev.chancery.app.cli.approval;

import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.io.Artifacts;
import dev.chancery.app.cli.io.Confirmation;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.approval.ApprovalException;
import dev.chancery.application.approval.ApproveRequest;
import dev.chancery.application.approval.SecurityKeyApproval;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.AttestArtifacts.Target;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonText;
import dev.chancery.ports.key.AssertionKey;
import dev.chancery.ports.key.AssertionKeys;
import dev.chancery.verification.policy.BoundPolicy;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery request approve`.
public final class RequestApproveCommand implements Command {
    private static final String POLICY = "--policy";
    private static final String CODE = "--code";

    private final RequestReader requests;
    private final ApproveRequest approving;
    private final SecurityKeyApproval securityKeyApproving;
    private final AssertionKeys securityKeys;
    private final RequestedArtifact references;
    private final KeyOptions keyOptions;
    private final RequestText text;
    private final InputStream standardInput;

    @Inject
    RequestApproveCommand(RequestReader requests, ApproveRequest approving, SecurityKeyApproval securityKeyApproving, AssertionKeys securityKeys,
            RequestedArtifact references, KeyOptions keyOptions, Clock clock, @Named("stdin") InputStream standardInput) {
        this.requests = requests;
        this.approving = approving;
        this.securityKeyApproving = securityKeyApproving;
        this.securityKeys = securityKeys;
        this.references = references;
        this.keyOptions = keyOptions;
        this.text = new RequestText(clock);
        this.standardInput = standardInput;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("approve", "Shows a request, asks, and signs it. Opens no socket unless the key is behind one.",
                "  chancery request approve req.json --key ann.key --policy release.yaml --artifact app.tar.gz --out ann.answer.json",
                "  chancery request approve req.json --key ann.key --code 7KQ2-MXP4-0ABC-9XYZ --out ann.answer.json",
                "  chancery request approve req.json --key 'fido2:?file=cem.fido2.json' --policy release.yaml --out cem.answer.json");
        spec.addPositional(Options.parameter("REQUEST", "0..1", "A request's file."));
        spec.addOption(Options.value(POLICY, "FILE", "The policy that the request names: the answer must count for it.").build());
        spec.addOption(Options.values("--artifact", "PATH", "Your own copy of an artifact, a file or oci-layout:FOLDER:TAG or oci-archive:FILE:TAG: it must be one that the request is about.").build());
        spec.addOption(Options.value(CODE, "CODE", "The request's code, as you compared it with the requester. Else you are asked to type yes.").build());
        spec.addOption(Options.values("--trusted-root", "FILE", "Authorities and logs, where the policy needs them.").build());
        RequestOptions.addRequester(spec);
        KeyOptions.addSigning(spec);
        RequestOptions.addOut(spec, "Where the answer goes");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        String file = Options.single(line, "request");
        KeyRef key = KeyRef.parse(Options.required(line, "--key", "--key KEY"));
        String out = RequestOptions.out(line);
        RequestReader.Known known = requests.read(file, line);
        ApprovalRequest request = known.request();
        Optional<String> policyFile = Options.text(line, POLICY);
        if (securityKeys.accepts(key) && policyFile.isEmpty()) {
            throw new UsageException("--policy is missing: it has the officer's security key, by which the answer is checked", "add --policy FILE");
        }
        @Nullable BoundPolicy policy = policyFile.isEmpty() ? null : requests.policy(policyFile.get(), request, line);
        approving.checkOpen(request);
        List<String> own = Options.many(line, "--artifact");
        for (String artifact : own) {
            compare(artifact, request, output);
        }
        show(known, out, output);
        own.forEach(artifact -> output.line("own copy  " + artifact + " is what the request is about"));
        confirm(line, request);
        if (securityKeys.accepts(key)) {
            withSecurityKey(line, known, key, Objects.requireNonNull(policy), output);
            return ExitStatus.DONE;
        }
        ApproveRequest.Answered answered = approving.approve(request, key, keyOptions.signing(line), policy);
        RequestOptions.write(out, answered.json(), Options.has(line, "--force"), output);
        if (!out.equals("-")) {
            output.line("answer " + out);
            output.line("key    " + answered.key().id().hex() + " (" + answered.key().description() + ")");
            output.document(JsonText.object().put("out", out).put("request", request.id().hex()).put("keyId", answered.key().id().hex()).build());
        }
        return ExitStatus.DONE;
    }

    /// It is found before anybody is asked for a PIN or a touch, and asked for two approvals.
    private void withSecurityKey(ParseResult line, RequestReader.Known known, KeyRef ref, BoundPolicy policy, Output output) throws ProblemException {
        String out = RequestOptions.out(line);
        Bytes answer;
        try (AssertionKey key = securityKeys.open(ref, keyOptions.access(line))) {
            answer = securityKeyApproving.approve(known.request(), key, policy);
        }
        RequestOptions.write(out, answer, Options.has(line, "--force"), output);
        if (!out.equals("-")) {
            output.line("answer " + out);
            output.document(JsonText.object().put("out", out).put("request", known.request().id().hex()).build());
        }
    }

    /// The whole request goes to the officer, never into the answer.
    private void show(RequestReader.Known known, String out, Output output) throws ProblemException {
        if (!out.equals("-")) {
            text.show(known, output);
        } else {
            text.show(known, output.besideResult());
        }
    }

    private void compare(String artifact, ApprovalRequest request, Output output) throws ProblemException {
        Digest digest = OciReference.isOne(artifact) ? references.ownCopy(artifact)
                : AttestArtifacts.resolve(new Target.Content(Artifacts.of(artifact, standardInput, output))).digest();
        if (request.statement().subjects().stream().noneMatch(subject -> digest.hex().equals(subject.digests().get("sha256")))) {
            throw ApprovalException.notRequested(artifact, digest);
        }
    }

    private static void confirm(ParseResult line, ApprovalRequest request) throws ApprovalException {
        Optional<String> code = Options.text(line, CODE);
        if (code.isPresent()) {
            if (!request.hasCode(code.get())) {
                throw ApprovalException.codeDiffers(request, code.get());
            }
        } else if (!Confirmation.given("Sign this request?")) {
            throw ApprovalException.notConfirmed();
        }
    }
}
