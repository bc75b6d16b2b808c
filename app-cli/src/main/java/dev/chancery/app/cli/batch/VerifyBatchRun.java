package dev.chancery.app.cli.batch;

import dev.chancery.app.cli.io.Artifacts;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.Progress;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.DigestArgument;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.OutcomeDocument;
import dev.chancery.app.cli.registry.ReferenceVerification;
import dev.chancery.app.cli.registry.ReferenceVerification.Outcome;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.app.cli.verification.Judgement;
import dev.chancery.app.cli.verification.PolicyReader;
import dev.chancery.app.cli.verification.ResultDocument;
import dev.chancery.app.cli.verification.RevocationOptions;
import dev.chancery.app.cli.verification.TrustOptions;
import dev.chancery.app.cli.verification.TrustReader;
import dev.chancery.app.cli.verification.TrustWords;
import dev.chancery.application.batch.OrderedWork;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Revocation;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.Offered;
import dev.chancery.verification.policy.PolicyVerifier;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.image.ImageVerifier.ByTrust;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.inject.Named;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Verifies the lines of a batch file. A line that can't be judged, whatever the reason, is unknown, and stops nothing.
public final class VerifyBatchRun {
    private static final int KEPT = 1024;
    private static final int GROUP = 8;

    private final VerificationEngine engine;
    private final PolicyVerifier policyVerifier;
    private final PolicyReader policies;
    private final Map<List<String>, BoundPolicy> ofLines = new HashMap<>();
    private final ReferenceVerification references;
    private final TrustReader trusts;
    private final RevocationOptions revocations;
    private final InputStream standardInput;

    @Inject
    VerifyBatchRun(VerificationEngine engine, PolicyVerifier policyVerifier, PolicyReader policies, ReferenceVerification references,
            TrustReader trusts, RevocationOptions revocations, @Named("stdin") InputStream standardInput) {
        this.engine = engine;
        this.policyVerifier = policyVerifier;
        this.policies = policies;
        this.references = references;
        this.trusts = trusts;
        this.revocations = revocations;
        this.standardInput = standardInput;
    }

    /// What came of a line: a verdict with its reasons, or why there is none.
    private record Done(BatchLine line, Verdict verdict, List<VerificationResult.Reason> reasons, @Nullable Problem problem) {
        static Done unknown(BatchLine line, Problem problem) {
            return new Done(line, Verdict.UNKNOWN, List.of(), problem);
        }
    }

    /// What holds for every line of a batch.
    ///
    /// @param commandLine whom the command line trusts
    /// @param waivers what the command line leaves out of what is usually wanted, and what it wants to be known about revocation
    /// @param floor the site's policies
    /// @param policies of the command line
    /// @param source where policies learn about revocation
    private record Rules(TrustWords commandLine, boolean strict, ParseResult line, UnaryOperator<Requirements> waivers, Expectations expectations,
            List<BoundPolicy> floor, List<BoundPolicy> policies, RevocationSource source) {
        boolean trustsSomebody() {
            return !commandLine.isEmpty() || !policies.isEmpty();
        }
    }

    /// Adds the options of a verifying batch.
    public static void addOptions(CommandSpec spec) {
        BatchOptions.add(spec, "{\"id\", \"artifact\", \"bundle\", \"key\", \"policy\" or \"certificateIdentity\" and \"certificateOidcIssuer\", \"trustedRoot\", \"options\"}. What the command line trusts outranks a line.", "one for each core");
        spec.addOption(Options.flag("--strict-batch", "Refuse lines that say themselves whom to trust.").build());
    }

    /// Works through the batch.
    ///
    /// @throws ProblemException when the batch can't be opened, or the command line's trust can't be read
    public ExitStatus run(String file, ParseResult line, Output output) throws ProblemException {
        int jobs = BatchOptions.jobs(line, Runtime.getRuntime().availableProcessors());
        TrustWords commandLine = TrustOptions.words(line);
        RevocationSource source = revocations.source(line);
        Revocation revocation = revocations.revocation(line);
        UnaryOperator<Requirements> waivers = TrustOptions.waivers(line);
        Rules rules = new Rules(commandLine, Options.has(line, "--strict-batch"), line, usual -> waivers.apply(usual).withRevocation(revocation),
                new Expectations(Options.text(line, "--type").orElse(null)), policies.floor(source),
                policies.read(TrustOptions.policies(line), commandLine.trustedRoots(), TrustOptions.keyring(line), source), source);
        if (!commandLine.isEmpty()) {
            trusts.read(commandLine);
        } else if (rules.strict() && !rules.trustsSomebody()) {
            throw new UsageException("--strict-batch leaves nobody to trust", "add --key FILE with the public key you trust, or --policy FILE");
        }
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        try (BatchFile batch = BatchFile.open(file, standardInput);
                Progress progress = output.progress("verifying")) {
            new OrderedWork(jobs).run(batch, group(file), item -> work(item, rules), group -> {
                group.forEach(done -> counts.merge(done.verdict(), 1L, Long::sum));
                report(group, output);
                BatchLine last = group.getLast().line();
                progress.at(batch.fraction(last.readTo()), last.number() + " lines");
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        output.note(counts.values().stream().mapToLong(Long::longValue).sum() + " lines: " + counts.getOrDefault(Verdict.ACCEPTED, 0L)
                + " accepted, " + counts.getOrDefault(Verdict.REJECTED, 0L) + " rejected, " + counts.getOrDefault(Verdict.UNKNOWN, 0L)
                + " unknown");
        if (counts.containsKey(Verdict.REJECTED)) {
            return ExitStatus.REJECTED;
        }
        return counts.containsKey(Verdict.UNKNOWN) ? ExitStatus.UNKNOWN : ExitStatus.DONE;
    }

    /// What comes through a pipe may come line by line, and whoever writes it may wait for answers.
    private static int group(String file) {
        return file.equals("-") ? 1 : GROUP;
    }

    private Done work(BatchLine line, Rules rules) {
        try {
            String artifact = line.fields().text("artifact").orElse("");
            if (OciReference.isOne(artifact)) {
                Outcome outcome = reference(line.fields(), rules);
                return new Done(line, outcome.verdict(), OutcomeDocument.reasons(outcome), null);
            }
            Judgement judgement = judge(line.fields(), rules);
            return new Done(line, judgement.verdict(), judgement.reasons(), null);
        } catch (ProblemException e) {
            return Done.unknown(line, e.problem());
        }
    }

    private Outcome reference(JsonFields fields, Rules rules) throws ProblemException {
        OciReference artifact = OciReference.parse(fields.requiredText("artifact"));
        Deciding deciding = deciding(fields, rules);
        ByTrust byTrust = null;
        if (deciding.wordsOrNull() != null) {
            Trust trust = trusts.read(deciding.wordsOrNull());
            Requirements usual = rules.waivers().apply(trust.usualRequirements());
            byTrust = new ByTrust(trust, deciding.loosens() ? usual.withoutLog() : usual, rules.expectations().predicateType().orElse(ImageVerifier.SIGNATURE_TYPE));
        }
        return references.verify(artifact, RegistryOptions.access(rules.line()), new Wanted(byTrust, deciding.policies()));
    }

    /// Who decides about a line: the command line where it trusts anybody, else the line itself; and the site's floor in any case.
    ///
    /// @param wordsOrNull a key or an identity; null when policies alone decide
    /// @param loosens whether the line wants less evidence than usual
    private record Deciding(@Nullable TrustWords wordsOrNull, List<BoundPolicy> policies, boolean loosens) {}

    private Deciding deciding(JsonFields fields, Rules rules) throws ProblemException {
        TrustWords own = new TrustWords(fields.text("key").orElse(null), null, exact(fields.text("certificateIdentity")),
                exact(fields.text("certificateOidcIssuer")), fields.text("trustedRoot").stream().toList());
        Optional<String> policy = fields.text("policy");
        boolean loosens = ignoresLog(fields);
        fields.end();
        refuseOwnTrust(rules, loosens || !own.isEmpty() || policy.isPresent() || !own.trustedRoots().isEmpty());
        List<BoundPolicy> policies = new ArrayList<>(rules.floor());
        policies.addAll(rules.policies());
        TrustWords words = (rules.trustsSomebody() ? rules.commandLine() : own).withRootsOf(rules.commandLine());
        if (!rules.trustsSomebody() && policy.isPresent()) {
            if (!own.isEmpty()) {
                throw new UsageException("the line has a policy and a key or an identity", "say it in the policy, or leave \"policy\" out");
            }
            policies.add(bound(policy.get(), words.trustedRoots(), rules));
        }
        boolean byPoliciesAlone = !rules.policies().isEmpty() || !rules.trustsSomebody() && policy.isPresent();
        if (byPoliciesAlone && loosens) {
            throw new UsageException("the line has \"options\", and a policy decides", "say what evidence is wanted in the policy");
        }
        return new Deciding(byPoliciesAlone ? null : words, policies, loosens);
    }

    private static void refuseOwnTrust(Rules rules, boolean own) throws UsageException {
        if (rules.strict() && own) {
            throw new UsageException(ErrorCode.TRUST_IN_BATCH, "the line says itself whom to trust",
                    "take whom to trust and \"options\" out of it, or leave --strict-batch out");
        }
    }

    private Judgement judge(JsonFields fields, Rules rules) throws ProblemException {
        String artifact = fields.requiredText("artifact");
        Optional<String> bundle = fields.text("bundle");
        Deciding deciding = deciding(fields, rules);
        Target target;
        if (artifact.startsWith("sha256:")) {
            target = new Target.OfDigest(DigestArgument.parse(artifact));
            if (bundle.isEmpty()) {
                throw new UsageException("there is no file name to find a bundle beside", "add \"bundle\": \"FILE\"");
            }
        } else {
            target = new Target.Content(Artifacts.file(artifact));
        }
        String place = bundle.orElse(artifact + ".sigstore.json");
        Evidence evidence = new Evidence.BundleBytes(UserFiles.read(place, QuorumBundle.MAX_LENGTH));
        return new Judgement(deciding.wordsOrNull() == null ? null : byTrust(evidence, target, deciding.wordsOrNull(), rules, deciding.loosens()),
                deciding.policies().isEmpty() ? null : policyVerifier.verify(List.of(new Offered(place, evidence)), target, deciding.policies()));
    }

    private VerificationResult byTrust(Evidence evidence, Target target, TrustWords words, Rules rules, boolean loosens) throws ProblemException {
        Trust trust = trusts.read(words);
        Requirements wanted = rules.waivers().apply(trust.usualRequirements());
        return engine.verify(new VerificationRequest(evidence, target, trust, rules.expectations(), loosens ? wanted.withoutLog() : wanted));
    }

    /// A line's policy, read once for all lines that name it.
    private BoundPolicy bound(String path, List<String> roots, Rules rules) throws ProblemException {
        synchronized (ofLines) {
            List<String> key = Stream.concat(Stream.of(path), roots.stream()).toList();
            BoundPolicy known = ofLines.get(key);
            if (known == null) {
                known = policies.read(List.of(path), roots, TrustOptions.keyring(rules.line()), rules.source()).getFirst();
                if (ofLines.size() < KEPT) {
                    ofLines.put(key, known);
                }
            }
            return known;
        }
    }

    private static TrustWords.@Nullable MatchWords exact(Optional<String> text) {
        return text.map(value -> new TrustWords.MatchWords(value, false)).orElse(null);
    }

    /// With a key and no trusted root no log is wanted anyway, and the option changes nothing.
    private static boolean ignoresLog(JsonFields fields) throws ProblemException {
        Optional<JsonValue> options = fields.take("options");
        if (options.isEmpty()) {
            return false;
        }
        JsonFields members = JsonFields.of(options.get(), "options");
        Optional<JsonValue> ignore = members.take("ignoreTlog");
        members.end();
        if (ignore.isPresent() && !(ignore.get() instanceof JsonValue.JsonBoolean)) {
            throw new UsageException("\"ignoreTlog\" is neither true nor false", "write \"options\": {\"ignoreTlog\": true}");
        }
        return ignore.isPresent() && ((JsonValue.JsonBoolean) ignore.get()).value();
    }

    private static void report(List<Done> group, Output output) {
        if (output.json()) {
            output.documents(group.stream().map(VerifyBatchRun::document).toList());
        } else {
            group.forEach(done -> report(done, output));
        }
    }

    private static JsonValue document(Done done) {
        var document = JsonText.object();
        if (done.line().idOrNull() == null) {
            document.put("line", done.line().number());
        } else {
            document.put("id", done.line().idOrNull());
        }
        return document.put("verdict", done.verdict().label()).put("reasons", reasons(done)).build();
    }

    private static void report(Done done, Output output) {
        output.line(done.verdict().label() + " " + done.line().label());
        if (done.problem() != null) {
            output.line("  " + done.problem().code().code() + " " + done.problem().what() + ": " + done.problem().why());
        } else {
            done.reasons().forEach(reason -> output.line("  " + reason.code().code() + " " + reason.message()));
        }
    }

    private static JsonValue reasons(Done done) {
        Problem problem = done.problem();
        if (problem == null) {
            return ResultDocument.reasons(done.reasons());
        }
        return JsonText.array(List.of(ResultDocument.reason(problem.code().code(), problem.what() + ": " + problem.why())));
    }
}
