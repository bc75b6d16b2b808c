package dev.chancery.ports.sigstore;

import dev.chancery.domain.trust.Service;
import java.util.Set;

/// Makes clients of services by what a signing configuration says of them. Thread-safe; making a client asks nobody.
public interface SigstoreServices {
    /// The API versions of certificate authorities that are spoken.
    Set<Long> issuerVersions();

    /// The API versions of transparency logs that are spoken.
    Set<Long> logVersions();

    /// The API versions of timestamp authorities that are spoken.
    Set<Long> timestampVersions();

    /// A certificate authority.
    ///
    /// @throws ServiceException.Untrusted when its URL is one that no token may go to: plain HTTP to another machine
    CertificateIssuer issuer(Service service) throws ServiceException;

    /// A transparency log.
    ///
    /// @throws ServiceException when its URL can't be used
    TransparencyLog log(Service service) throws ServiceException;

    /// A timestamp authority.
    ///
    /// @throws ServiceException when its URL can't be used
    TimestampAuthority timestamps(Service service) throws ServiceException;

    /// A transparency log that is read.
    ///
    /// @param url of a log of version 2, below which its checkpoint and tiles are; of one of version 1, its own
    /// @param version of Rekor: 1 or 2
    /// @throws ServiceException when the URL can't be used
    LogReader reader(String url, int version) throws ServiceException;
}
