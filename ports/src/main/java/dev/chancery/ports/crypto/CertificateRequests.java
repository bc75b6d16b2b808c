package dev.chancery.ports.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.CertificationRequestInfo;
import dev.chancery.domain.signing.Signature;
import java.util.List;

/// Writes PKCS #10 certification requests (RFC 2986): first what the key signs, then, with its signature, the request. Thread-safe,
/// doesn't block.
public interface CertificateRequests {
    /// What the key signs.
    ///
    /// @throws CertificateRequestException when a name can't be read or written
    CertificationRequestInfo info(Names names, PublicKey key) throws CertificateRequestException;

    /// The request in PEM (RFC 7468 §7), ending with a line break. The signature was verified before.
    ///
    /// @throws CertificateRequestException when X.509 has no name for the signature's algorithm (Ed25519ph)
    Bytes pem(CertificationRequestInfo info, Signature signature) throws CertificateRequestException;

    /// Whom the certificate is to name. At least one name is there.
    ///
    /// @param subject a distinguished name as RFC 4514 writes it, such as `CN=Release signing,O=Example`; may be empty
    /// @param emails addresses for the subject's alternative names
    /// @param dnsNames host names, likewise
    /// @param uris URIs, likewise
    record Names(String subject, List<String> emails, List<String> dnsNames, List<String> uris) {
        public Names {
            emails = List.copyOf(emails);
            dnsNames = List.copyOf(dnsNames);
            uris = List.copyOf(uris);
        }

        /// A distinguished name and no more.
        public static Names of(String subject) {
            return new Names(subject, List.of(), List.of(), List.of());
        }
    }
}
