package dev.chancery.adapters.crypto.x509;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.FulcioClaim;
import dev.chancery.domain.certificate.SignedCertificateTimestamp;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.certificate.SubjectAlternativeName;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateException.Reason;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// Reads certificates field by field, in strict DER.
public final class X509CertificateReader implements CertificateReader {
    private final PublicKeyDecoder keys;

    /// @param keys what reads the certificates' keys
    public X509CertificateReader(PublicKeyDecoder keys) {
        this.keys = keys;
    }

    @Override
    public SigningCertificate read(Bytes der) throws CertificateException {
        try {
            TbsCertificate certificate = parse(der);
            Optional<Bytes> names = certificate.extension(GeneralNames.OID);
            List<SubjectAlternativeName> alternatives = names.isPresent() ? GeneralNames.read(names.get()) : List.of();
            return new SigningCertificate(der, key(certificate), certificate.serialNumber().toString(16),
                    distinguishedName(certificate.issuer()), distinguishedName(certificate.subject()),
                    certificate.notBefore(), certificate.notAfter(), alternatives, claims(certificate));
        } catch (DerException e) {
            throw malformed(e);
        }
    }

    @Override
    public List<SignedCertificateTimestamp> certificateTimestamps(CertificatePath path) throws CertificateException {
        try {
            return CertificateTimestamps.read(parse(path.leaf()), parse(path.issuer()).subjectPublicKeyInfo());
        } catch (DerException e) {
            throw malformed(e);
        }
    }

    private static TbsCertificate parse(Bytes der) throws DerException {
        if (der.size() > SigningCertificate.MAX_LENGTH) {
            throw new DerException("expected a certificate of at most " + SigningCertificate.MAX_LENGTH + " bytes, found " + der.size());
        }
        return TbsCertificate.parse(der);
    }

    private PublicKey key(TbsCertificate certificate) throws CertificateException {
        try {
            return keys.decodeDer(certificate.subjectPublicKeyInfo());
        } catch (PublicKeyException e) {
            throw new CertificateException(Reason.UNSUPPORTED, "expected a key that is verified here, found a certificate whose key is none: "
                    + e.problem().why(), e);
        }
    }

    private static String distinguishedName(Bytes name) throws DerException {
        try {
            return new X500Principal(name.toByteArray()).getName();
        } catch (IllegalArgumentException e) {
            throw new DerException("expected a distinguished name");
        }
    }

    private static Map<FulcioClaim, String> claims(TbsCertificate certificate) throws DerException {
        Map<FulcioClaim, String> claims = new EnumMap<>(FulcioClaim.class);
        for (Extensions.Extension extension : certificate.extensions().all()) {
            Optional<FulcioClaim> claim = FulcioClaim.ofOid(extension.oid());
            if (claim.isPresent()) {
                claims.put(claim.get(), text(claim.get(), extension.value()));
            }
        }
        String older = claims.get(FulcioClaim.ISSUER);
        String newer = claims.get(FulcioClaim.ISSUER_V2);
        if (older != null && newer != null && !older.equals(newer)) {
            throw new DerException("expected one issuer of the identity, found \"" + older + "\" in its older and \"" + newer + "\" in its newer form");
        }
        return claims;
    }

    private static String text(FulcioClaim claim, Bytes value) throws DerException {
        return claim.isRaw()
                ? value.utf8().orElseThrow(() -> new DerException("expected " + claim.label() + " in UTF-8"))
                : DerValue.parse(value).utf8(claim.label());
    }

    private static CertificateException malformed(DerException e) {
        return new CertificateException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
    }
}
