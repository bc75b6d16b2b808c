package dev.chancery.ports.sigstore;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.identity.IdentityToken;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import java.time.Duration;

/// A certificate authority for identities (Fulcio). Thread-safe.
public interface CertificateIssuer {
    /// Has a key certified for the subject of a token. Blocks for at most the budget, retries included.
    ///
    /// @param proof the key's signature over [IdentityToken.Claims#subject()]
    /// @return the leaf certificate in DER, unverified
    /// @throws ServiceException when there is none
    Bytes issue(IdentityToken token, PublicKey key, Signature proof, Duration budget) throws ServiceException;
}
