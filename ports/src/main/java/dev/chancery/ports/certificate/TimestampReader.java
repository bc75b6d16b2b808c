package dev.chancery.ports.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.TimestampToken;
import dev.chancery.domain.trust.CertificateAuthority;

/// Reads and verifies RFC 3161 timestamps.
public interface TimestampReader {
    /// What a timestamp says.
    ///
    /// @param response a `TimeStampResp` (§2.4.2) that was granted, of at most [TimestampToken#MAX_LENGTH] bytes
    /// @throws CertificateException when it is anything else, or its imprint is by a hash that isn't known here
    TimestampToken read(Bytes response) throws CertificateException;

    /// Verifies that an authority has signed a timestamp: the token has one signer, whose certificate stands in the token or in the
    /// authority's chain, is the one that the signed attributes name (RFC 5035, RFC 5816), is for timestamps and nothing else
    /// (§2.3: the extended key usage, critical), and had a path to the authority's anchor at the time the token says.
    ///
    /// [CertificateAuthority#validFor()] is for the caller to check.
    ///
    /// @return the path of the authority's certificate
    /// @throws CertificateException when one of these is not so
    CertificatePath verify(TimestampToken token, CertificateAuthority authority) throws CertificateException;
}
