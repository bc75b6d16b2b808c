package dev.chancery.app.cli.approval;

import dev.chancery.app.cli.command.Command;
import dev.chancery.app.cli.command.QuorumSigning;
import dev.chancery.app.cli.io.Artifacts;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.DigestArgument;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.app.cli.verification.PolicyReader;
import dev.chancery.application.AuditContext;
import dev.chancery.application.approval.ApprovalException;
import dev.chancery.application.approval.MakeRequest;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.AttestArtifacts.Predicate;
import dev.chancery.application.signing.AttestArtifacts.Prepared;
import dev.chancery.application.signing.AttestArtifacts.Target;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.approval.ApprovalRequest.PolicyName;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.formats.approval.ApprovalRequestCodec;
import dev.chancery.formats.json.JsonText;
import dev.chancery.verification.policy.PolicyScope;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import javax.inject.Named;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery request create`.
public final class RequestCreateCommand implements Command {
    private static final Pattern LIFE = Pattern.compile("([1-9][0-9]{0,5})([mhd])");
    private static final String USUAL_LIFE = "48h";

    private final MakeRequest requests;
    private final RequestedArtifact references;
    private final KeyOptions keyOptions;
    private final AuditContext context;
    private final InputStream standardInput;

    @Inject
    RequestCreateCommand(MakeRequest requests, RequestedArtifact references, KeyOptions keyOptions, AuditContext context, @Named("stdin") InputStream standardInput) {
        this.requests = requests;
        this.references = references;
        this.keyOptions = keyOptions;
        this.context = context;
        this.standardInput = standardInput;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("create", "Writes down what officers are asked to sign, for them to approve on other machines.",
                "  chancery request create app.tar.gz --policy release.yaml --out req.json",
                "  chancery request create oci://registry.example.com/team/app:1.0 --policy release.yaml --out req.json",
                "  chancery request create app.tar.gz --policy release.yaml --predicate tests.json --predicate-type https://example.com/tests/v1"
                        + " --expires 7d --key requester.key --out req.json");
        spec.addPositional(Options.parameter("ARTIFACT", "0..*", "Paths, - for standard input, sha256:HEX, or OCI artifacts: oci://HOST/REPOSITORY:TAG, oci-layout:FOLDER:TAG, oci-archive:FILE:TAG."));
        spec.addOption(Options.value("--policy", "FILE", "The policy that the signatures are to meet.").build());
        spec.addOption(Options.value("--predicate", "FILE", "JSON object with the claim, as chancery attest has it. Left out: a plain signature.").build());
        spec.addOption(Options.value("--predicate-type", "URI", "What kind of claim it is.").build());
        spec.addOption(Options.value("--expires", "TIME", "How long it may be approved (48h): a number of m, h or d, at most 90d.").build());
        spec.addOption(Options.value("--requester", "NAME", "Who asks (the user's name): a claim.").build());
        KeyOptions.addSigning(spec);
        RegistryOptions.add(spec);
        RequestOptions.addOut(spec, "Where the request goes");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<String> artifacts = Options.parameters(line);
        if (artifacts.isEmpty()) {
            throw new UsageException("no artifact was named", "name the artifacts");
        }
        String policyFile = Options.required(line, "--policy", "--policy FILE");
        String out = RequestOptions.out(line);
        Duration life = life(Options.text(line, "--expires").orElse(USUAL_LIFE));
        Predicate predicate = predicate(line);
        VerificationPolicy policy = PolicyReader.read(policyFile);
        if (PolicyScope.of(policy, predicate.type()).isEmpty()) {
            throw ApprovalException.demandsNothing(policyFile, predicate.type());
        }
        Map<String, Long> sizes = new HashMap<>();
        ApprovalRequest request = requests.make(prepare(artifacts, predicate, sizes, line, output), sizes, requester(line), new PolicyName(fileName(policyFile), policy.digest()), life);
        Optional<String> key = Options.text(line, "--key");
        @Nullable Member signature = key.isEmpty() ? null : requests.sign(request, KeyRef.parse(key.get()), keyOptions.signing(line));
        RequestOptions.write(out, ApprovalRequestCodec.write(request, signature), Options.has(line, "--force"), output);
        output.line("request " + request.id().hex());
        output.line("code    " + request.code());
        output.line("expires " + request.expires());
        output.document(JsonText.object().put("out", out).put("id", request.id().hex()).put("code", request.code()).put("expires", request.expires().toString())
                .put("signed", signature != null).build());
        return ExitStatus.DONE;
    }

    private Prepared prepare(List<String> artifacts, Predicate predicate, Map<String, Long> sizes, ParseResult line, Output output) throws ProblemException {
        List<Target> targets = new ArrayList<>();
        Map<Integer, MeasuredSource> sources = new HashMap<>();
        for (String artifact : artifacts) {
            if (artifact.startsWith("sha256:")) {
                targets.add(new Target.OfDigest(DigestArgument.parse(artifact)));
            } else if (OciReference.isOne(artifact)) {
                targets.add(new Target.Named(artifact, references.digest(artifact, line)));
            } else {
                MeasuredSource source = new MeasuredSource(Artifacts.of(artifact, standardInput, output));
                sources.put(targets.size(), source);
                targets.add(new Target.Content(source));
            }
        }
        Prepared prepared = AttestArtifacts.prepare(targets, predicate);
        sources.forEach((place, source) -> sizes.put(prepared.subjects().get(place).digest().hex(), source.length()));
        return prepared;
    }

    private static Predicate predicate(ParseResult line) throws ProblemException {
        Optional<String> file = Options.text(line, "--predicate");
        Optional<String> type = Options.text(line, "--predicate-type");
        if (file.isPresent() != type.isPresent()) {
            throw new UsageException("a claim has a predicate and a type, and one of them is missing", "give --predicate FILE and --predicate-type URI");
        }
        return file.isEmpty() ? QuorumSigning.plainSignature() : new Predicate(type.orElseThrow(), UserFiles.read(file.get(), DssePayload.MAX_LENGTH));
    }

    private String requester(ParseResult line) throws UsageException {
        String name = Options.text(line, "--requester").orElse(context.actor());
        if (name.isBlank() || name.length() > ApprovalRequest.MAX_NAME) {
            throw new UsageException("a requester has a name of 1 to " + ApprovalRequest.MAX_NAME + " characters", "name who asks with --requester NAME");
        }
        return name;
    }

    private static String fileName(String path) throws ProblemException {
        Path name = UserFiles.path(path).getFileName();
        return name == null ? path : name.toString();
    }

    private static Duration life(String text) throws ApprovalException {
        Matcher matcher = LIFE.matcher(text);
        if (!matcher.matches()) {
            throw ApprovalException.life(text);
        }
        long number = Long.parseLong(matcher.group(1));
        Duration life = switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        if (life.compareTo(ApprovalRequest.MAX_LIFE) > 0) {
            throw ApprovalException.life(text);
        }
        return life;
    }
}
