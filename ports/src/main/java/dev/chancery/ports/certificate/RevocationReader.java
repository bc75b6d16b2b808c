package dev.chancery.ports.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationFacts;
import dev.chancery.domain.certificate.RevocationStatement;

/// Reads and verifies what is said about the revocation of certificates. Certificates are of a path that was validated.
public interface RevocationReader {
    /// The largest revocation list that is read, in bytes.
    int MAX_LIST = 16 * 1024 * 1024;

    /// The largest OCSP response that is read, in bytes.
    int MAX_RESPONSE = 64 * 1024;

    /// Where the revocation of a certificate is made known.
    ///
    /// @param issuer the certificate of who issued it
    /// @throws RevocationException when an extension that says so can't be read
    RevocationFacts facts(Bytes certificate, Bytes issuer) throws RevocationException;

    /// What a revocation list says about a certificate (RFC 5280 §6.3.3): it is complete, by the certificate's issuer, signed with the key by which
    /// that issued it, and of the distribution point that the certificate names, if it is of any.
    ///
    /// @param list in DER, of at most [#MAX_LIST] bytes
    /// @throws RevocationException when one of these is not so
    RevocationStatement ofList(Bytes list, Bytes certificate, Bytes issuer) throws RevocationException;

    /// What an OCSP response says about a certificate (RFC 6960 §3.2): it is signed by the certificate's issuer, or by a responder whom that has
    /// certified for it and of whom nobody need ask whether it is revoked (§4.2.2.2).
    ///
    /// @param response in DER, of at most [#MAX_RESPONSE] bytes
    /// @throws RevocationException when one of these is not so
    RevocationStatement ofResponse(Bytes response, Bytes certificate, Bytes issuer) throws RevocationException;
}
