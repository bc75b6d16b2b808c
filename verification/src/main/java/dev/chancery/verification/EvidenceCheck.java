package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.verification.VerificationResult.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Verifies single pieces of evidence with the engine's own steps, as a signer collects them: what a service returns is looked at before
/// anything more is asked for. It is no verdict on a signature; that is [VerificationEngine]'s. Thread-safe; opens no socket and asks no
/// clock.
public final class EvidenceCheck {
    private final PreparedRoots roots;
    private final CertificateStep certificates;
    private final ChainStep chains;
    private final CertificateTransparencyStep certificateTransparency;
    private final TimeStep times;

    public EvidenceCheck(VerificationCrypto crypto) {
        roots = new PreparedRoots(crypto.keys());
        certificates = new CertificateStep(crypto.certificates());
        chains = new ChainStep(crypto.paths());
        certificateTransparency = new CertificateTransparencyStep(crypto.certificates(), crypto.signatures());
        times = new TimeStep(crypto.timestamps());
    }

    /// What was found about a certificate.
    public sealed interface CertificateFinding {
        /// The trusted root vouches for it.
        record Sound(SigningCertificate certificate) implements CertificateFinding {}

        /// It is not to be used.
        record Unsound(Reason reason) implements CertificateFinding {}
    }

    /// Whether an authority of a trusted root issued a certificate, it was valid at a time, and a certificate transparency log promises to
    /// include it.
    public CertificateFinding certificate(Bytes der, TrustedRoot root, Instant time) {
        Findings findings = new Findings();
        try {
            SigningCertificate certificate = certificates.read(new KeyMaterial.Certificates(List.of(der)), findings);
            CertificatePath path = chains.check(certificate, root.certificateAuthorities(), List.of(new ProvenTime(time, "now", "this machine's clock")), 1, findings);
            certificateTransparency.check(path, roots.prepare(root), 1, findings);
            return new CertificateFinding.Sound(certificate);
        } catch (Stop stop) {
            return new CertificateFinding.Unsound(reason(stop));
        }
    }

    /// What is wrong with a timestamp over a signature; nothing when an authority of the trusted root made it.
    ///
    /// @param certificate by whose key the signature is: a timestamp from outside its life proves nothing of use
    public Optional<Reason> timestamp(Bytes response, Bytes signature, Optional<Bytes> certificate, TrustedRoot root) {
        Findings findings = new Findings();
        try {
            List<ProvenTime> times = this.times.prove(List.of(response), List.of(), signature, root, 1, findings);
            if (certificate.isPresent()) {
                chains.check(certificates.read(new KeyMaterial.Certificates(List.of(certificate.get())), findings), root.certificateAuthorities(), times, 1, findings);
            }
            return Optional.empty();
        } catch (Stop stop) {
            return Optional.of(reason(stop));
        }
    }

    private static Reason reason(Stop stop) {
        Finding finding = stop.findings().getFirst();
        return new Reason(finding.code().orElseThrow(), finding.message());
    }
}
