package dev.chancery.adapters.crypto.timestamp;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.CertificateUse;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.TimestampToken;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateException.Reason;
import dev.chancery.ports.certificate.TimestampReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads timestamps field by field, in strict DER, and verifies them with the JDK's providers.
public final class Rfc3161TimestampReader implements TimestampReader {
    private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
    private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    private static final int GRANTED_WITH_MODS = 1;

    private final AuthorityPaths paths;

    /// @param paths what validates the authorities' certificates
    public Rfc3161TimestampReader(AuthorityPaths paths) {
        this.paths = paths;
    }

    @Override
    public TimestampToken read(Bytes response) throws CertificateException {
        if (response.size() > TimestampToken.MAX_LENGTH) {
            throw new CertificateException(Reason.MALFORMED, "expected a timestamp of at most " + TimestampToken.MAX_LENGTH + " bytes, found " + response.size(), null);
        }
        try {
            DerSequence fields = DerValue.parse(response).sequence("TimeStampResp");
            BigInteger status = fields.next("status").sequence("PKIStatusInfo").next("status").integer("status");
            if (status.signum() < 0 || status.compareTo(BigInteger.valueOf(GRANTED_WITH_MODS)) > 0) {
                throw new DerException("expected a timestamp that was granted, found status " + status);
            }
            Bytes token = fields.next("timeStampToken").encoded();
            fields.end("TimeStampResp");
            return TstInfo.read(token, SignedTimestamp.parse(token).content());
        } catch (DerException e) {
            throw malformed(e);
        }
    }

    @Override
    public CertificatePath verify(TimestampToken token, CertificateAuthority authority) throws CertificateException {
        try {
            SignedTimestamp signed = SignedTimestamp.parse(token.token());
            HashAlgorithm hash = CmsAlgorithms.hash(signed.signer().digestAlgorithm()).orElseThrow(() -> new CertificateException(Reason.UNSUPPORTED,
                    "expected a timestamp signed with SHA-256, SHA-384 or SHA-512, found " + signed.signer().digestAlgorithm(), null));
            checkAttributes(signed, hash);
            X509Certificate certificate = signerCertificate(signed, authority);
            checkSignature(signed.signer(), hash, certificate);
            return paths.validate(Bytes.copyOf(certificate.getEncoded()), signed.certificates(), authority, token.time(), CertificateUse.TIME_STAMPING);
        } catch (DerException e) {
            throw malformed(e);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(Reason.MALFORMED, "expected a certificate: " + e.getMessage(), e);
        }
    }

    /// RFC 5652 §11.1, §11.2: what is signed is this content, and as a TSTInfo.
    private static void checkAttributes(SignedTimestamp signed, HashAlgorithm hash) throws DerException, CertificateException {
        SignedTimestamp.expectOid(SignedTimestamp.TST_INFO, signed.signer().attribute(CONTENT_TYPE, "content-type").oid("content-type"), "content-type");
        Bytes digest = signed.signer().attribute(MESSAGE_DIGEST, "message-digest").octets("message-digest");
        if (!digest.equals(hash.digest(signed.content()).value())) {
            throw new CertificateException(Reason.SIGNATURE, "expected a signature over this timestamp, found one over another", null);
        }
    }

    private static X509Certificate signerCertificate(SignedTimestamp signed, CertificateAuthority authority)
            throws CertificateException, DerException {
        List<Bytes> candidates = new ArrayList<>(signed.certificates());
        candidates.addAll(authority.chain());
        CertificateIdentifier named = CertificateIdentifier.of(signed.signer());
        for (Bytes candidate : candidates) {
            Optional<X509Certificate> certificate = named.matching(candidate, signed.signer());
            if (certificate.isPresent()) {
                return certificate.get();
            }
        }
        throw new CertificateException(Reason.NO_PATH, "expected the certificate that the timestamp names as its signer's, found none such in it or in the trusted root", null);
    }

    private void checkSignature(SignerInfo signer, HashAlgorithm hash, X509Certificate certificate) throws CertificateException {
        String algorithm = CmsAlgorithms.signature(signer.signatureAlgorithm(), hash).orElseThrow(() -> new CertificateException(Reason.UNSUPPORTED,
                "expected a signature algorithm that is verified here, found " + signer.signatureAlgorithm(), null));
        boolean verifies;
        try {
            verifies = paths.signatures().verifies(algorithm, certificate.getPublicKey(), signer.signedAttributes(), signer.signature());
        } catch (GeneralSecurityException e) {
            throw new CertificateException(Reason.SIGNATURE, "expected a " + algorithm + " signature, found something else", e);
        }
        if (!verifies) {
            throw new CertificateException(Reason.SIGNATURE, "expected a signature by " + certificate.getSubjectX500Principal().getName() + ", found another", null);
        }
    }

    private static CertificateException malformed(DerException e) {
        return new CertificateException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
    }
}
