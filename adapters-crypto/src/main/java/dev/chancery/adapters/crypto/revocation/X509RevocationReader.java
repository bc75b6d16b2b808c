package dev.chancery.adapters.crypto.revocation;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.adapters.crypto.x509.SignatureNames;
import dev.chancery.adapters.crypto.x509.TbsCertificate;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationFacts;
import dev.chancery.domain.certificate.RevocationStatement;
import dev.chancery.ports.certificate.RevocationException;
import dev.chancery.ports.certificate.RevocationException.Reason;
import dev.chancery.ports.certificate.RevocationReader;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/// Reads revocation lists and OCSP responses in strict DER. Thread-safe.
public final class X509RevocationReader implements RevocationReader {
    /// How many lists are remembered: those of a path's authorities, which come again with each line of a batch.
    static final int MAX_REMEMBERED = 16;

    private static final String EXPIRED_ON_LIST = "2.5.29.60";
    private static final String ARCHIVE_CUTOFF = "1.3.6.1.5.5.7.48.1.6";
    private static final int CRL_SIGN = 6;

    private final CertificateSignatures signatures;
    private volatile List<Remembered> remembered = List.of();

    /// @param signatures what verifies the signatures of lists, responses and responders' certificates
    public X509RevocationReader(CertificateSignatures signatures) {
        this.signatures = signatures;
    }

    /// A list whose signature by an issuer was verified.
    private record Remembered(Bytes list, Bytes issuer, RevocationList read) {}

    @Override
    public RevocationFacts facts(Bytes certificate, Bytes issuer) throws RevocationException {
        try {
            TbsCertificate subject = TbsCertificate.parse(certificate);
            RevocationPoints points = RevocationPoints.of(subject);
            return new RevocationFacts(name(subject), subject.notAfter(), points.lists(), points.responders(),
                    CertificateId.of(subject, TbsCertificate.parse(issuer)).request());
        } catch (DerException e) {
            throw malformed(e);
        }
    }

    private static String name(TbsCertificate subject) throws DerException {
        String name = RevocationList.principal(subject.subject()).getName();
        return "certificate " + subject.serialNumber().toString(16) + (name.isEmpty() ? "" : " of " + name);
    }

    @Override
    public RevocationStatement ofList(Bytes list, Bytes certificate, Bytes issuer) throws RevocationException {
        try {
            if (list.size() > MAX_LIST) {
                throw new DerException("expected a revocation list of at most " + MAX_LIST + " bytes, found " + list.size());
            }
            TbsCertificate subject = TbsCertificate.parse(certificate);
            RevocationList read = verified(list, subject, issuer);
            ListScope.check(read.extensions(), RevocationPoints.of(subject), parse(certificate).getBasicConstraints() >= 0);
            return new RevocationStatement("the revocation list of " + read.thisUpdate() + " by " + read.issuer().getName(),
                    read.thisUpdate(), read.nextUpdateOrNull(), keeps(read.extensions().value(EXPIRED_ON_LIST), subject), read.statusOf(subject.serialNumber()));
        } catch (DerException e) {
            throw malformed(e);
        }
    }

    @SuppressWarnings("ReferenceEquality") // comparing millions of bytes for each signature would cost more than the signature
    private RevocationList verified(Bytes list, TbsCertificate subject, Bytes issuer) throws RevocationException, DerException {
        for (Remembered known : remembered) {
            if (known.list() == list && known.issuer().equals(issuer)) {
                return known.read();
            }
        }
        RevocationList read = RevocationList.parse(list);
        X500Principal wanted = RevocationList.principal(subject.issuer());
        if (!read.issuer().equals(wanted)) {
            throw new RevocationException(Reason.NOT_ABOUT, "expected a revocation list by " + wanted.getName()
                    + ", found one by " + read.issuer().getName(), null);
        }
        X509Certificate authority = parse(issuer);
        boolean[] usage = authority.getKeyUsage();
        if (usage != null && !usage[CRL_SIGN]) {
            throw Responder.untrusted("expected an issuer whose key may sign revocation lists (key usage cRLSign), found one that excludes it");
        }
        verify(read.algorithm(), authority.getPublicKey(), read.tbs(), read.signature(), "the revocation list");
        Optional<String> strange = read.strangeEntry();
        if (strange.isPresent()) {
            throw new RevocationException(Reason.UNSUPPORTED, "expected critical extensions of entries that are understood, found " + strange.get(), null);
        }
        List<Remembered> more = new ArrayList<>();
        more.add(new Remembered(list, issuer, read));
        more.addAll(remembered.subList(0, Math.min(remembered.size(), MAX_REMEMBERED - 1)));
        remembered = List.copyOf(more);
        return read;
    }

    @Override
    public RevocationStatement ofResponse(Bytes response, Bytes certificate, Bytes issuer) throws RevocationException {
        try {
            if (response.size() > MAX_RESPONSE) {
                throw new DerException("expected an OCSP response of at most " + MAX_RESPONSE + " bytes, found " + response.size());
            }
            OcspResponse read = OcspResponse.parse(response);
            TbsCertificate subject = TbsCertificate.parse(certificate);
            CertificateId id = CertificateId.of(subject, TbsCertificate.parse(issuer));
            String name = name(subject);
            OcspAnswer answer = read.answers().stream().filter(id::isMeantBy).findFirst().orElseThrow(() -> new RevocationException(Reason.NOT_ABOUT,
                    "expected an OCSP response about " + name + ", found one about " + read.answers().size() + " others", null));
            authorised(read, id, issuer);
            Optional<String> strange = read.extensions().strange(Set.of()).or(() -> answer.extensions().strange(Set.of()));
            if (strange.isPresent()) {
                throw new RevocationException(Reason.UNSUPPORTED, "expected critical extensions that are understood, found " + strange.get(), null);
            }
            return new RevocationStatement("the OCSP response of " + answer.thisUpdate(), answer.thisUpdate(), answer.nextUpdateOrNull(),
                    keeps(answer.extensions().value(ARCHIVE_CUTOFF), subject), answer.status());
        } catch (DerException e) {
            throw malformed(e);
        }
    }

    /// Signed by the issuer, or by one to whom it has given this.
    private void authorised(OcspResponse response, CertificateId id, Bytes issuer) throws RevocationException, DerException {
        X509Certificate authority = parse(issuer);
        if (Responder.isNamed(response, id.issuerName(), id.issuerKey())) {
            verify(response.algorithm(), authority.getPublicKey(), response.data(), response.signature(), "the OCSP response");
            return;
        }
        for (Bytes each : response.certificates()) {
            TbsCertificate offered = TbsCertificate.parse(each);
            if (Responder.isNamed(response, offered.subject(), CertificateId.key(offered.subjectPublicKeyInfo()))) {
                X509Certificate responder = parse(each);
                if (!responder.getIssuerX500Principal().equals(authority.getSubjectX500Principal()) || !isSigned(responder, authority.getPublicKey())) {
                    throw Responder.untrusted("expected a responder whom the certificate's issuer has certified, found one whom it hasn't");
                }
                Responder.check(responder, response.producedAt());
                verify(response.algorithm(), responder.getPublicKey(), response.data(), response.signature(), "the OCSP response");
                return;
            }
        }
        throw Responder.untrusted("expected an OCSP response by the certificate's issuer, or with the certificate of a responder, found neither");
    }

    private boolean isSigned(X509Certificate certificate, PublicKey key) throws RevocationException {
        try {
            return signatures.verifies(certificate.getSigAlgName(), key, Bytes.copyOf(certificate.getTBSCertificate()), Bytes.copyOf(certificate.getSignature()));
        } catch (GeneralSecurityException e) {
            throw new RevocationException(Reason.UNTRUSTED, "expected a responder whom the certificate's issuer has certified: " + e.getMessage(), e);
        }
    }

    private void verify(String algorithm, PublicKey key, Bytes content, Bytes signature, String what) throws RevocationException {
        String name = SignatureNames.of(algorithm).orElseThrow(() ->
                new RevocationException(Reason.UNSUPPORTED, "expected a signature algorithm that is verified here, found " + algorithm, null));
        try {
            if (signatures.verifies(name, key, content, signature)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new RevocationException(Reason.SIGNATURE, "expected " + what + " to be signed, found a signature that can't be checked: " + e.getMessage(), e);
        }
        throw new RevocationException(Reason.SIGNATURE, "expected " + what + " to be signed by the key that it names, found another signature", null);
    }

    /// Whether certificates that ended then or later are still spoken of (X.509 §9.5.2.8, expiredCertsOnCRL; RFC 6960 §4.4.4, archive cutoff).
    private static boolean keeps(Optional<Bytes> since, TbsCertificate subject) throws DerException {
        if (since.isEmpty()) {
            return false;
        }
        Instant cutoff = DerValue.parse(since.get()).generalizedTime("a time");
        return !cutoff.isAfter(subject.notAfter());
    }

    private static X509Certificate parse(Bytes der) throws RevocationException {
        try (var in = der.inputStream()) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (GeneralSecurityException | IOException e) {
            throw new RevocationException(Reason.MALFORMED, "expected a DER certificate: " + e.getMessage(), e);
        }
    }

    private static RevocationException malformed(DerException e) {
        return new RevocationException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
    }
}
