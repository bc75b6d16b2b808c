package dev.chancery.verification.policy;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.TextMatch;
import dev.chancery.verification.Trust;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.policy.BoundPolicy.BoundSigner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Evidence that was read, and which signers it may be by: by what it says of itself, which isn't verified and only saves verifying it
/// against everybody.
///
/// @param evidence what to verify
/// @param bundleOrNull the bundle; null for a detached signature
/// @param certificateOrNull its certificate; null when it has none
/// @param reasonOrNull why it can't be anybody's
/// @param unreadableOrNull set when it is no evidence at all
record Candidates(Offered offered, Evidence evidence, @Nullable SigstoreBundle bundleOrNull, @Nullable SigningCertificate certificateOrNull,
        @Nullable Reason reasonOrNull, @Nullable Problem unreadableOrNull) {
    static Candidates read(Offered offered, CertificateReader certificates) {
        return switch (offered.evidence()) {
            case Evidence.Bundle(SigstoreBundle bundle) -> of(offered, bundle, certificates);
            case Evidence.DetachedSignature detached -> new Candidates(offered, detached, null, null, null, null);
            case Evidence.WebAuthn webAuthn -> new Candidates(offered, webAuthn, null, null, null, null);
            case Evidence.BundleBytes _, Evidence.Quorum _ -> throw new IllegalStateException("was read, and taken apart");
        };
    }

    /// What can't be read.
    static Candidates unreadable(Offered offered, Problem problem) {
        return new Candidates(offered, offered.evidence(), null, null, new Reason(problem.code(), problem.why()), problem);
    }

    private static Candidates of(Offered offered, SigstoreBundle bundle, CertificateReader certificates) {
        Evidence evidence = new Evidence.Bundle(bundle);
        if (!(bundle.keyMaterial() instanceof KeyMaterial.Certificates chain)) {
            return new Candidates(offered, evidence, bundle, null, null, null);
        }
        try {
            return new Candidates(offered, evidence, bundle, certificates.read(chain.leaf()), null, null);
        } catch (CertificateException e) {
            ErrorCode code = e.reason() == CertificateException.Reason.UNSUPPORTED ? ErrorCode.EVIDENCE_UNSUPPORTED : ErrorCode.CERTIFICATE_MALFORMED;
            return new Candidates(offered, evidence, bundle, null, new Reason(code, e.why()), null);
        }
    }

    /// Whether nothing more is to be looked at.
    boolean isNobodys() {
        return reasonOrNull != null;
    }

    List<BoundSigner> of(BoundPolicy policy) {
        if (isNobodys()) {
            return List.of();
        }
        List<BoundSigner> possible = certificateOrNull == null && namesAKey() ? policy.signersOf(hint()) : policy.signers();
        return possible.stream().filter(this::mayBe).toList();
    }

    private boolean mayBe(BoundSigner signer) {
        return switch (signer.trust()) {
            case Trust.Key key -> certificateOrNull == null && !isWebAuthn() && (!namesAKey() || hint().equals(key.key().id().hint()));
            case Trust.Credential credential -> isWebAuthn() && (!namesAKey() || hint().equals(credential.key().id().hint()));
            case Trust.Identity identity -> certificateOrNull != null && identity.identity().matches(certificateOrNull);
            case Trust.Authority authority -> certificateOrNull != null && names(certificateOrNull).stream().anyMatch(authority.name()::accepts);
        };
    }

    private static List<String> names(SigningCertificate certificate) {
        return certificate.names().isEmpty() ? List.of(certificate.subjectName()) : certificate.names().stream().map(name -> name.value()).toList();
    }

    private boolean isWebAuthn() {
        return evidence instanceof Evidence.WebAuthn;
    }

    private String hint() {
        if (evidence instanceof Evidence.WebAuthn webAuthn) {
            return webAuthn.assertion().keyHint();
        }
        return bundleOrNull != null && bundleOrNull.keyMaterial() instanceof KeyMaterial.PublicKeyHint(String hint) ? hint : "";
    }

    /// As the engine takes hints: only the base64 of 32 bytes is the name of a key.
    private boolean namesAKey() {
        return hint().length() == 44 && hint().endsWith("=");
    }

    /// What to say when it is by nobody whom a policy names.
    Reason nobody(List<BoundPolicy> policies) {
        if (certificateOrNull == null) {
            return new Reason(ErrorCode.SIGNER_UNKNOWN, "expected a key of the policy's signers, found " + (namesAKey() ? "key " + hint() : "no key's name"));
        }
        String near = policies.stream().flatMap(policy -> policy.signers().stream()).map(signer -> nearness(signer.trust()))
                .flatMap(Optional::stream).findFirst().orElse("");
        return new Reason(ErrorCode.SIGNER_UNKNOWN, "expected a certificate of the policy's signers, found one for " + String.join(", ", names(certificateOrNull))
                + certificateOrNull.identityIssuer().map(issuer -> ", vouched for by " + issuer).orElse("") + near);
    }

    private Optional<String> nearness(Trust trust) {
        TextMatch wanted = switch (trust) {
            case Trust.Identity identity -> identity.identity().name();
            case Trust.Authority authority -> authority.name();
            case Trust.Key _, Trust.Credential _ -> null;
        };
        if (wanted == null || certificateOrNull == null) {
            return Optional.empty();
        }
        return names(certificateOrNull).stream().map(wanted::nearness).filter(text -> !text.isEmpty()).findFirst()
                .map(text -> "; nearest is " + wanted.description() + text);
    }
}
