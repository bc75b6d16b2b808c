package dev.chancery.verification;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.trust.TrustedRoot;
import java.time.Clock;
import java.util.List;

/// Verifies. Thread-safe; opens no socket, unless a source of revocation lists does that it was given. The clock decides nothing but whether it can
/// itself be right, and whether what is known about revocation is out of date.
public final class VerificationEngine {
    private static final TrustedRoot NO_ROOT = new TrustedRoot(List.of(), List.of(), List.of(), List.of());

    private final PreparedRoots roots;
    private final CertificateStep certificates;
    private final ContentStep contents;
    private final TransparencyStep transparency;
    private final TimeStep times;
    private final ChainStep chains;
    private final CertificateTransparencyStep certificateTransparency;
    private final ClockStep clock;
    private final RevocationStep revocations;
    private final LifecycleStep lifecycles;
    private final AssertionCheck assertions;

    /// An engine that has others compute.
    ///
    /// @param clock what evidence of time is held against: evidence from later than now means that the clock is wrong, and then nothing is
    ///     known. It never stands in for evidence
    public VerificationEngine(VerificationCrypto crypto, Clock clock) {
        roots = new PreparedRoots(crypto.keys());
        certificates = new CertificateStep(crypto.certificates());
        contents = new ContentStep(crypto.signatures());
        assertions = new AssertionCheck(crypto.signatures());
        transparency = new TransparencyStep(crypto.signatures(), crypto.keys());
        times = new TimeStep(crypto.timestamps());
        this.clock = new ClockStep(clock);
        lifecycles = new LifecycleStep(clock);
        revocations = new RevocationStep(crypto.revocations(), clock);
        chains = new ChainStep(crypto.paths());
        certificateTransparency = new CertificateTransparencyStep(crypto.certificates(), crypto.signatures());
    }

    /// Comes to a verdict. Blocks while the artifact is read, which happens at most once and not at all when something before it is
    /// wrong, but for a quorum, where it is read first. Of a quorum one member is enough that the trust accepts. Bad evidence and an unreadable artifact are answers, never exceptions.
    public VerificationResult verify(VerificationRequest request) {
        Findings findings = new Findings();
        try {
            return switch (ParseStep.read(request.evidence())) {
                case Evidence.Bundle bundle -> VerificationResult.accepted(findings, verify(ParseStep.bundle(bundle, findings), request, findings));
                case Evidence.DetachedSignature signature ->
                    VerificationResult.accepted(findings, verify(ParseStep.bundle(signature, findings), request, findings));
                case Evidence.WebAuthn webAuthn -> VerificationResult.accepted(findings, assertions.verify(webAuthn, request, findings));
                case Evidence.Quorum(QuorumBundle quorum) -> AnyMember.verify(this, quorum, request, findings);
                case Evidence.BundleBytes _ -> throw new IllegalStateException("was read");
            };
        } catch (Stop stop) {
            return VerificationResult.stopped(findings, stop);
        }
    }

    private VerifiedSignature verify(SigstoreBundle bundle, VerificationRequest request, Findings findings) throws Stop {
        return switch (request.trust()) {
            case Trust.Key key -> withKey(bundle, key, request, findings);
            case Trust.Identity identity -> withIdentity(bundle, identity, request, findings);
            case Trust.Authority authority -> withAuthority(bundle, authority, request, findings);
            case Trust.Credential _ -> throw Stop.rejected(Step.KEY, ErrorCode.SECURITY_KEY_EXPECTED, "expected an approval by a security key, found a bundle");
        };
    }

    private VerifiedSignature withKey(SigstoreBundle bundle, Trust.Key trust, VerificationRequest request, Findings findings) throws Stop {
        KeyStep.check(bundle.keyMaterial(), trust.key(), findings);
        Signer signer = Signer.of(trust);
        SignedContent content = contents.verify(bundle.content(), signer, request, findings);
        VerifiedEvidence evidence = VerifiedEvidence.NONE;
        if (trust.root().isPresent()) {
            evidence = evidence(bundle, content, signer, roots.prepare(trust.root().get()), request.requirements(), findings);
        } else {
            TransparencyStep.withoutRoot(bundle, request.requirements(), findings);
        }
        if (trust.entry().isPresent()) {
            lifecycles.check(trust.entry().get(), content, evidence.times(), findings);
        }
        return bind(content, signer, evidence, request, findings);
    }

    private VerifiedSignature withIdentity(SigstoreBundle bundle, Trust.Identity trust, VerificationRequest request, Findings findings)
            throws Stop {
        SigningCertificate certificate = certificates.read(bundle.keyMaterial(), findings);
        Signer signer = Signer.of(certificate);
        PreparedRoot root = roots.prepare(trust.root());
        Requirements requirements = request.requirements();
        SignedContent content = contents.verify(bundle.content(), signer, request, findings);
        VerifiedEvidence evidence = evidence(bundle, content, signer, root, requirements.withTimes(Math.max(1, requirements.times())), findings);
        CertificatePath path = chains.check(certificate, trust.root().certificateAuthorities(), evidence.times(), Math.max(1, requirements.times()), findings);
        certificateTransparency.check(path, root, requirements.certificateTimestamps(), findings);
        IdentityStep.check(certificate, trust.identity(), findings);
        revocations.check(path, evidence.times(), Math.max(1, requirements.times()), requirements.revocation(), findings);
        return bind(content, signer, evidence, request, findings);
    }

    private VerifiedSignature withAuthority(SigstoreBundle bundle, Trust.Authority trust, VerificationRequest request, Findings findings)
            throws Stop {
        SigningCertificate certificate = certificates.read(bundle.keyMaterial(), findings);
        Signer signer = Signer.of(certificate);
        PreparedRoot root = roots.prepare(trust.root().orElse(NO_ROOT));
        Requirements requirements = request.requirements();
        int wantedTimes = Math.max(1, requirements.times());
        SignedContent content = contents.verify(bundle.content(), signer, request, findings);
        VerifiedEvidence evidence = evidence(bundle, content, signer, root, requirements.withTimes(wantedTimes), findings);
        CertificatePath path = chains.check(certificate, List.of(trust.authority()), evidence.times(), wantedTimes, findings);
        certificateTransparency.check(path, root, requirements.certificateTimestamps(), findings);
        IdentityStep.checkName(certificate, trust.name(), findings);
        revocations.check(path, evidence.times(), wantedTimes, requirements.revocation(), findings);
        return bind(content, signer, evidence, request, findings);
    }

    private VerifiedEvidence evidence(SigstoreBundle bundle, SignedContent content, Signer signer, PreparedRoot root, Requirements requirements,
            Findings findings) throws Stop {
        List<VerifiedEntry> entries = transparency.check(bundle, content, signer, root, requirements, findings);
        List<ProvenTime> ofLogs = entries.stream().flatMap(entry -> entry.provenTime().stream()).toList();
        List<ProvenTime> proven = times.prove(bundle.timestamps(), ofLogs, content.signature().value(), root.root(), requirements.times(), findings);
        clock.check(proven);
        TransparencyStep.checkRetired(entries, proven, requirements.logEntries(), findings);
        return new VerifiedEvidence(entries, proven);
    }

    /// An attestation's payload is read last: only when it is known to be by whom it has to be by.
    private static VerifiedSignature bind(SignedContent content, Signer signer, VerifiedEvidence evidence, VerificationRequest request,
            Findings findings) throws Stop {
        return switch (content) {
            case SignedContent.Message(Signature signature, SigningInput _, Digest artifact) ->
                new VerifiedSignature(signer, signature.algorithm(), artifact, null, evidence);
            case SignedContent.Attestation(Signature signature, SigningInput _, DssePayload payload) -> {
                Statement statement = StatementStep.read(payload, request.expectations(), findings);
                Digest artifact = SubjectStep.bind(statement, request.target(), findings);
                yield new VerifiedSignature(signer, signature.algorithm(), artifact, statement, evidence);
            }
        };
    }
}
