package dev.chancery.verification;

import dev.chancery.domain.certificate.FulcioClaim;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.certificate.SubjectAlternativeName;
import dev.chancery.domain.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds the certificate's names and claims against the identity that is trusted.
final class IdentityStep {
    private IdentityStep() {}

    static void check(SigningCertificate certificate, IdentityPolicy policy, Findings findings) throws Stop {
        String issuer = certificate.identityIssuer().orElseThrow(() -> Stop.rejected(Step.IDENTITY, ErrorCode.IDENTITY_ISSUER_MISMATCH,
                "expected an identity that " + policy.issuer().description() + " vouches for, found a certificate that names no issuer of it"));
        if (!policy.issuer().accepts(issuer)) {
            throw Stop.rejected(Step.IDENTITY, ErrorCode.IDENTITY_ISSUER_MISMATCH, "expected an identity that " + policy.issuer().description()
                    + " vouches for, found the issuer \"" + issuer + "\"" + policy.issuer().nearness(issuer));
        }
        SubjectAlternativeName name = matching(certificate.names(), policy.name());
        for (Map.Entry<FulcioClaim, TextMatch> wanted : policy.claims().entrySet()) {
            check(certificate, wanted.getKey(), wanted.getValue());
        }
        findings.passed(Step.IDENTITY, name + ", vouched for by " + issuer + claims(policy));
    }

    /// For a certificate by an authority of the user's own, which vouches for the name itself.
    static void checkName(SigningCertificate certificate, TextMatch wanted, Findings findings) throws Stop {
        if (!certificate.names().isEmpty()) {
            findings.passed(Step.IDENTITY, matching(certificate.names(), wanted).toString());
        } else if (wanted.accepts(certificate.subjectName())) {
            findings.passed(Step.IDENTITY, "subject " + certificate.subjectName());
        } else {
            throw Stop.rejected(Step.IDENTITY, ErrorCode.IDENTITY_MISMATCH, "expected a certificate for " + wanted.description() + ", found one for the subject \""
                    + certificate.subjectName() + "\"" + wanted.nearness(certificate.subjectName()));
        }
    }

    private static SubjectAlternativeName matching(List<SubjectAlternativeName> names, TextMatch wanted) throws Stop {
        for (SubjectAlternativeName name : names) {
            if (name.kind() != SubjectAlternativeName.Kind.OTHER && wanted.accepts(name.value())) {
                return name;
            }
        }
        String near = names.stream().map(name -> wanted.nearness(name.value())).filter(text -> !text.isEmpty()).findFirst().orElse("");
        throw Stop.rejected(Step.IDENTITY, ErrorCode.IDENTITY_MISMATCH, "expected a certificate for " + wanted.description() + ", found one for "
                + (names.isEmpty() ? "nobody" : String.join(", ", names.stream().map(Object::toString).toList())) + near);
    }

    private static void check(SigningCertificate certificate, FulcioClaim claim, TextMatch wanted) throws Stop {
        Optional<String> found = Optional.ofNullable(certificate.claims().get(claim));
        if (found.isEmpty() || !wanted.accepts(found.get())) {
            throw Stop.rejected(Step.IDENTITY, ErrorCode.IDENTITY_CLAIM_MISMATCH, "expected " + claim.label() + " " + wanted.description() + ", found "
                    + found.map(text -> "\"" + text + "\"" + wanted.nearness(text)).orElse("no such claim"));
        }
    }

    private static String claims(IdentityPolicy policy) {
        return policy.claims().isEmpty() ? "" : ", with " + policy.claims().size() + " further claims as wanted";
    }
}
