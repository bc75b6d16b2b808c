package dev.chancery.application.evidence;

import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SigningException;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.certificate.SubjectAlternativeName;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.identity.IdentityToken;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.trust.Service;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.sigstore.ServiceException;
import dev.chancery.ports.sigstore.SigstoreServices;
import dev.chancery.verification.EvidenceCheck;
import dev.chancery.verification.EvidenceCheck.CertificateFinding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Has a key certified for an identity, and believes nothing of the answer that the trusted root doesn't vouch for.
final class Certifier {
    /// How far the authority's clock may be ahead of or behind this machine's.
    static final Duration CLOCKS_AGREE = Duration.ofSeconds(60);

    private final SigstoreServices services;
    private final SigningPath path;
    private final EvidenceCheck check;
    private final CertificateReader certificates;
    private final Clock clock;

    Certifier(SigstoreServices services, SigningPath path, EvidenceCheck check, CertificateReader certificates, Clock clock) {
        this.services = services;
        this.path = path;
        this.check = check;
        this.certificates = certificates;
        this.clock = clock;
    }

    /// A certificate lives for minutes: once it has expired, a signature that has no proof of its time yet gets none that is of use.
    void checkStillOfUse(PendingSignature pending, Instant now) throws EvidenceException.PendingInvalid {
        if (!(pending.bundle().keyMaterial() instanceof KeyMaterial.Certificates chain) || !pending.bundle().timestamps().isEmpty()) {
            return;
        }
        try {
            SigningCertificate certificate = certificates.read(chain.leaf());
            if (!certificate.isValidAt(now)) {
                throw new EvidenceException.PendingInvalid(new Problem(ErrorCode.PENDING_INVALID, "the signature was not gone on with",
                        "its certificate expired at " + certificate.notAfter() + " and it has no timestamp from before; it is now " + now,
                        "sign anew"), null);
            }
        } catch (CertificateException e) {
            throw new IllegalStateException("the certificate was read before", e);
        }
    }

    /// A certificate for the session's key. Blocks.
    ///
    /// @param issuers asked one after the other while they are unavailable
    SigningCertificate certify(KeySession session, IdentityToken token, List<Service> issuers, EvidenceOptions options)
            throws EvidenceException.BeforeSigning, KeyException, SigningException.SignatureWrong, AuditException {
        Signature proof = path.prove(session, token.claims().subject());
        ServiceException last = null;
        for (Service issuer : issuers) {
            try {
                Bytes der = services.issuer(issuer).issue(token, session.expected().key(), proof, options.budget());
                return checked(der, session, token, options.root(), issuer);
            } catch (ServiceException.Unavailable e) {
                last = e;
            } catch (ServiceException e) {
                throw new EvidenceException.BeforeSigning(e.problem(), e);
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("a plan for certificates has an authority");
        }
        throw new EvidenceException.BeforeSigning(last.problem(), last);
    }

    private SigningCertificate checked(Bytes der, KeySession session, IdentityToken token, TrustedRoot root, Service issuer)
            throws EvidenceException.BeforeSigning {
        Instant now = clock.instant();
        String who = "the certificate by " + issuer.url() + " was thrown away";
        // Clocks a little apart must not make a certificate that begins now look as if it began tomorrow.
        CertificateFinding finding = check.certificate(der, root, now);
        if (finding instanceof CertificateFinding.Unsound) {
            finding = check.certificate(der, root, now.plus(CLOCKS_AGREE));
        }
        return switch (finding) {
            case CertificateFinding.Unsound(var reason) -> throw new EvidenceException.BeforeSigning(new Problem(
                    reason.code() == ErrorCode.CERTIFICATE_NOT_VALID_THEN ? ErrorCode.CLOCK_SKEW : ErrorCode.CERTIFICATE_UNSOUND, who,
                    reason.code().code() + ": " + reason.message(),
                    reason.code() == ErrorCode.CERTIFICATE_NOT_VALID_THEN ? "set this machine's clock and try again"
                            : "check that --trusted-root and --signing-config are of the same instance; nothing was signed"), null);
            case CertificateFinding.Sound(SigningCertificate certificate) -> {
                checkIsFor(certificate, session, token, who);
                yield certificate;
            }
        };
    }

    private static void checkIsFor(SigningCertificate certificate, KeySession session, IdentityToken token, String who)
            throws EvidenceException.BeforeSigning {
        String why = null;
        String issuer = certificate.identityIssuer().orElse("nobody");
        if (!certificate.publicKey().equals(session.expected().key())) {
            why = "expected a certificate of key " + session.expected().key().id().hex() + ", found one of " + certificate.publicKey().id().hex();
        } else if (certificate.names().size() != 1) {
            why = "expected a certificate for one name, found " + certificate.names().size();
        } else if (!issuer.equals(token.claims().issuer())) {
            why = "expected an identity that " + token.claims().issuer() + " vouches for, found " + issuer;
        } else if (token.claims().email() && !certificate.names().getFirst().equals(new SubjectAlternativeName(
                SubjectAlternativeName.Kind.EMAIL, token.claims().subject().text()))) {
            why = "expected a certificate for " + token.claims().subject().text() + ", found one for " + certificate.names().getFirst();
        }
        if (why != null) {
            throw new EvidenceException.BeforeSigning(new Problem(ErrorCode.CERTIFICATE_FOR_ANOTHER, who, why,
                    "do not sign with this authority until its operator has explained it"), null);
        }
    }
}
