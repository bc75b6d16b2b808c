package dev.chancery.ports.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.AttestationCertificate;
import java.util.List;

/// Reads the certificates by which security keys attest, and finds their paths. Thread-safe.
public interface AttestationCertificates {
    /// What an attestation certificate says.
    ///
    /// @throws CertificateException when it can't be read
    AttestationCertificate read(Bytes der) throws CertificateException;

    /// Holds a path against anchors (RFC 5280 §6.1), at the latest time at which its certificates begin: nothing proves when a credential was made. An anchor
    /// may be the first certificate itself, as FIDO metadata has it.
    ///
    /// @param path the certificate first, then who issued it, and so on; not empty
    /// @param anchors at least one
    /// @throws CertificateException when there is no path to any of them
    void checkPath(List<Bytes> path, List<Bytes> anchors) throws CertificateException;
}
