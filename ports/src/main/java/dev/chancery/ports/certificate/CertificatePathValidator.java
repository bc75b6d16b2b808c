package dev.chancery.ports.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.trust.CertificateAuthority;
import java.time.Instant;

/// Validates certificate paths (RFC 5280 §6.1).
public interface CertificatePathValidator {
    /// The path from a signer's certificate to an authority's anchor, through its intermediates only, as it stood at a time: signatures,
    /// validity of each certificate, the anchor's too, basic constraints and key usage, name constraints, the anchor's too, and
    /// the extended key usage code signing, which the leaf must have and which no authority on the path may exclude.
    ///
    /// [CertificateAuthority#validFor()] is for the caller to check.
    ///
    /// @throws CertificateException when there is no such path
    CertificatePath codeSigning(Bytes leaf, CertificateAuthority authority, Instant time) throws CertificateException;
}
