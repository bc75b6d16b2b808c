package dev.chancery.ports.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.SignedCertificateTimestamp;
import dev.chancery.domain.certificate.SigningCertificate;
import java.util.List;

/// Reads certificates.
public interface CertificateReader {
    /// What a signer's certificate says.
    ///
    /// @param der of at most [SigningCertificate#MAX_LENGTH] bytes, and nothing after it
    /// @throws CertificateException when it isn't a certificate of RFC 5280 §4.1, an extension stands twice, its key is of a kind that
    ///     isn't verified here, or its two issuer claims differ
    SigningCertificate read(Bytes der) throws CertificateException;

    /// The promises of certificate transparency logs that a certificate carries (RFC 6962 §3.3).
    ///
    /// @param path of the certificate; its issuer's key is part of what is signed
    /// @return in the order of the certificate; none when it has none
    /// @throws CertificateException when the extension is there and malformed
    List<SignedCertificateTimestamp> certificateTimestamps(CertificatePath path) throws CertificateException;
}
