package dev.chancery.application.signing;

import dev.chancery.application.keys.KeyBackends;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.signing.CertificationRequestInfo;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.crypto.CertificateRequestException;
import dev.chancery.ports.crypto.CertificateRequests;
import dev.chancery.ports.key.KeyException;

/// Asks for a certificate of a key: a PKCS #10 request, signed by the key through the one signing path. Thread-safe; blocks.
public final class RequestCertificate {
    private final KeyBackends backends;
    private final SigningPath path;
    private final CertificateRequests requests;

    public RequestCertificate(KeyBackends backends, SigningPath path, CertificateRequests requests) {
        this.backends = backends;
        this.path = path;
        this.requests = requests;
    }

    /// A request that can be handed out.
    ///
    /// @param pem ending with a line break
    /// @param signature what the signing path released
    public record Signed(Bytes pem, ReleasedSignature signature) {}

    /// Makes a request.
    ///
    /// @throws KeyRefException when no back end knows the reference
    /// @throws KeyException when the key can't be opened or used
    /// @throws CertificateRequestException when a name can't be read, or X.509 has no name for the algorithm
    /// @throws SigningException when the expected key, the algorithm or the signature stops the path
    /// @throws AuditException when the record isn't durable
    public Signed request(CertificateRequests.Names names, KeyRef ref, SigningOptions options)
            throws KeyRefException, KeyException, CertificateRequestException, SigningException, AuditException {
        try (KeySession session = KeySession.open(backends, ref, options)) {
            CertificationRequestInfo info = requests.info(names, session.expected().key());
            ReleasedSignature signature = path.signRequest(session, new SigningRequest.OfCertificateRequest(session.algorithm(), info),
                    new NamedDigest("certificate request " + names.subject(), HashAlgorithm.SHA_256.digest(info.der())));
            return new Signed(requests.pem(info, signature.signature()), signature);
        }
    }
}
