package dev.chancery.app.cli.pipeline;

import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.verification.PolicyReader;
import dev.chancery.app.cli.verification.TrustReader;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.pipeline.VerificationRule;
import dev.chancery.domain.policy.Demand;
import dev.chancery.domain.policy.EvidenceDemand;
import dev.chancery.domain.policy.PolicySigner;
import dev.chancery.domain.policy.PolicySigner.Proof;
import dev.chancery.domain.policy.Role;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.formats.FormatException;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.image.ImageVerifier.Wanted;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.PolicyBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import picocli.CommandLine.ParseResult;

/// Verifies as a project's file says, and as the site's floor says beside that.
public final class PipelineVerification {
    private static final String PROJECT = "project";
    private static final List<String> EXCLUDED = List.of("--key", "--algorithm", "--certificate-identity", "--certificate-identity-regexp",
            "--certificate-oidc-issuer", "--certificate-oidc-issuer-regexp", "--policy", "--trusted-root", "--keyring", "--revocation", "--crl", "--ocsp",
            "--type", "--insecure-ignore-tlog", "--insecure-ignore-sct");

    private final PolicyReader policies;
    private final PolicyBinder binder;
    private final TrustReader trusts;

    @Inject
    PipelineVerification(PolicyReader policies, PolicyBinder binder, TrustReader trusts) {
        this.policies = policies;
        this.binder = binder;
        this.trusts = trusts;
    }

    /// The file that the command line names.
    ///
    /// @throws ProblemException when it can't be read, or the command line says too what it says
    public Optional<PipelineFile> file(ParseResult line) throws ProblemException {
        return PipelineFile.read(line, EXCLUDED);
    }

    /// What is wanted of an artifact.
    ///
    /// @return nothing when verification is off
    /// @throws ProblemException when the rule can't be followed, or is off where the site has a floor
    public Optional<Wanted> wanted(PipelineFile file) throws ProblemException {
        List<BoundPolicy> deciding = new ArrayList<>(policies.floor());
        switch (file.verification()) {
            case VerificationRule.Off _ -> {
                if (!deciding.isEmpty()) {
                    throw new UsageException(ErrorCode.PIPELINE_BELOW_FLOOR, "artifacts.verification is off in " + file.path() + ", and the site's policy "
                            + deciding.getFirst().origin() + " applies", "say in the file what has to hang on the artifact");
                }
                return Optional.empty();
            }
            case VerificationRule.Wanted rule -> {
                List<String> roots = rule.trustedRoot().isPresent() ? List.of(file.beside(rule.trustedRoot().get())) : List.of();
                if (rule.signer().isPresent()) {
                    deciding.add(binder.bind(policy(rule, rule.signer().get(), file), file.path(), trusts.root(roots).orElse(null)));
                }
                if (rule.policy().isPresent()) {
                    deciding.addAll(policies.read(List.of(file.beside(rule.policy().get())), roots));
                }
                return Optional.of(new Wanted(null, deciding));
            }
        }
    }

    /// The rule as a policy: a signature by the signer, and a statement of each type.
    private static VerificationPolicy policy(VerificationRule.Wanted rule, VerificationRule.Signer signer, PipelineFile file) throws ProblemException {
        Proof proof = switch (signer) {
            case VerificationRule.KeyFile(String path) -> new Proof.Key(pem(file.beside(path)));
            case VerificationRule.Identity identity -> new Proof.Keyless(identity.name(), identity.issuer(), Map.of());
        };
        List<Demand> demands = new ArrayList<>();
        demands.add(new Demand.Signature(PROJECT));
        rule.attestations().forEach(type -> demands.add(new Demand.Attestation(PROJECT, type, List.of(), null)));
        boolean keyWithLogs = proof instanceof Proof.Key && rule.trustedRoot().isPresent();
        EvidenceDemand evidence = keyWithLogs ? new EvidenceDemand(Requirements.OF_KEY.logEntries(), Requirements.OF_KEY.times(), null) : EvidenceDemand.USUAL;
        return new VerificationPolicy(file.configuration().digest(), Map.of(PROJECT, new PolicySigner(PROJECT, proof)),
                Map.of(PROJECT, new Role(1, List.of(PROJECT), Role.Distinct.PERSON)), demands, evidence, Set.of());
    }

    private static String pem(String path) throws ProblemException {
        Bytes content = UserFiles.read(path, PublicKeyDecoder.MAX_LENGTH);
        return content.utf8().orElseThrow(() -> FormatException.notUtf8("bytes that are no UTF-8, in " + path));
    }
}
