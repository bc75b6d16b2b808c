package dev.chancery.app.cli.verification;

import dev.chancery.app.cli.io.Artifacts;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.DigestArgument;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.formats.sigstore.DetachedSignature;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.Offered;
import dev.chancery.verification.policy.PolicyVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Verifies one artifact that is a file, standard input or a digest, as a command line says it.
public final class ArtifactVerification {
    private static final int MAX_SIGNATURE = 64 * 1024;

    private final VerificationEngine engine;
    private final PolicyVerifier policyVerifier;
    private final TrustReader trusts;
    private final PolicyReader policies;
    private final RevocationOptions revocations;
    private final InputStream standardInput;

    @Inject
    ArtifactVerification(VerificationEngine engine, PolicyVerifier policyVerifier, TrustReader trusts, PolicyReader policies, RevocationOptions revocations,
            @Named("stdin") InputStream standardInput) {
        this.engine = engine;
        this.policyVerifier = policyVerifier;
        this.trusts = trusts;
        this.policies = policies;
        this.revocations = revocations;
        this.standardInput = standardInput;
    }

    /// Adds the options that say what the evidence is.
    public static void addEvidence(CommandSpec spec) {
        spec.addOption(Options.values("--bundle", "FILE", "The Sigstore bundle (ARTIFACT.sigstore.json) or quorum. Several with a policy.").build());
        spec.addOption(Options.value("--signature", "FILE", "A bare base64 signature instead of a bundle.").build());
    }

    /// Comes to a judgement. The site's floor is met beside what the command line says.
    ///
    /// @throws ProblemException when the command line is wrong, or something that it names can't be read
    public Judgement verify(String artifact, ParseResult line, Output output) throws ProblemException {
        List<String> named = TrustOptions.policies(line);
        RevocationSource source = revocations.source(line);
        List<BoundPolicy> deciding = new ArrayList<>(policies.floor(source));
        Trust trust = named.isEmpty() ? trusts.read(TrustOptions.words(line)) : null;
        deciding.addAll(policies.read(named, Options.many(line, "--trusted-root"), TrustOptions.keyring(line), source));
        List<Offered> offered = offered(line, artifact);
        if (trust != null && offered.size() > 1) {
            throw new UsageException("several bundles were given, and a key or an identity makes do with one", "name one, or a policy with --policy FILE");
        }
        if (offered.size() > PolicyVerifier.MAX_EVIDENCE) {
            throw new UsageException(offered.size() + " bundles were given", "give at most " + PolicyVerifier.MAX_EVIDENCE);
        }
        Target target = target(artifact, trust != null && !deciding.isEmpty(), output);
        return new Judgement(
                trust == null ? null : engine.verify(new VerificationRequest(offered.getFirst().evidence(), target, trust,
                        new Expectations(Options.text(line, "--type").orElse(null)), revocations.requirements(line, trust))),
                deciding.isEmpty() ? null : policyVerifier.verify(offered, target, deciding));
    }

    /// @param twice whether it is looked at twice: standard input is then kept
    private Target target(String artifact, boolean twice, Output output) throws ProblemException {
        if (artifact.startsWith("sha256:")) {
            return new Target.OfDigest(DigestArgument.parse(artifact));
        }
        Target.Content content = new Target.Content(Artifacts.of(artifact, standardInput, output));
        if (!twice || !artifact.equals("-")) {
            return content;
        }
        try (InputStream in = content.source().open()) {
            return new Target.Read(ArtifactContent.keep(in, EnumSet.allOf(HashAlgorithm.class)));
        } catch (IOException _) {
            return content;
        }
    }

    private static List<Offered> offered(ParseResult line, String artifact) throws ProblemException {
        Optional<String> signature = Options.text(line, "--signature");
        List<String> bundles = Options.many(line, "--bundle");
        if (signature.isPresent() && !bundles.isEmpty()) {
            throw new UsageException("--bundle and --signature were both given", "give one of them");
        }
        if (signature.isPresent()) {
            return List.of(new Offered(signature.get(), new Evidence.DetachedSignature(DetachedSignature.read(UserFiles.read(signature.get(), MAX_SIGNATURE)))));
        }
        if (bundles.isEmpty() && (artifact.equals("-") || artifact.startsWith("sha256:"))) {
            throw new UsageException("there is no file name to find a bundle beside", "name it with --bundle FILE");
        }
        if (bundles.isEmpty()) {
            String beside = artifact + ".sigstore.json";
            return List.of(new Offered(beside, new Evidence.BundleBytes(UserFiles.read(beside, QuorumBundle.MAX_LENGTH,
                    "name the bundle with --bundle FILE, or a bare signature with --signature FILE"))));
        }
        List<Offered> offered = new ArrayList<>();
        for (String bundle : bundles) {
            offered.add(new Offered(bundle, new Evidence.BundleBytes(UserFiles.read(bundle, QuorumBundle.MAX_LENGTH))));
        }
        return offered;
    }
}
