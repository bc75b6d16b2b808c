package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/// An OCSP response in the making, from when [ForgedList]s are. What a test doesn't change is sound. Not thread-safe.
public final class ForgedResponse {
    /// A responder whom nobody need ask about.
    public static final ForgedAuthority.Shape FOR_RESPONSES = responder(KeyPurposeId.id_kp_OCSPSigning, true);

    private final ForgedAuthority signer;
    private final List<X509CertificateHolder> enclosed = new ArrayList<>();
    private ForgedKey key;
    private ForgedAuthority about;
    private long serialNumber = ForgedCertificate.SERIAL_NUMBER;
    private CertificateStatus status = CertificateStatus.GOOD;
    private Instant thisUpdate = ForgedList.THIS_UPDATE;
    private @Nullable Instant nextUpdate = ForgedList.THIS_UPDATE.plus(Duration.ofDays(7));

    private ForgedResponse(ForgedAuthority issuer, ForgedAuthority signer) {
        this.signer = signer;
        this.key = signer.key();
        this.about = issuer;
    }

    /// What a responder's certificate is like.
    ///
    /// @param noCheck whether it says that nobody need ask about it
    public static ForgedAuthority.Shape responder(KeyPurposeId use, boolean noCheck) {
        return ForgedAuthority.Shape.SOUND.withPathLength(-1).with(builder -> {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
            if (noCheck) {
                builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
            }
        });
    }

    /// By the authority itself, about the certificate that the forging kit makes.
    public static ForgedResponse by(ForgedAuthority issuer) {
        return new ForgedResponse(issuer, issuer);
    }

    /// By a responder, whose certificate comes with it.
    public static ForgedResponse by(ForgedAuthority issuer, ForgedAuthority responder) {
        ForgedResponse response = new ForgedResponse(issuer, responder);
        response.enclosed.add(responder.certificate());
        return response;
    }

    /// Signed with another key.
    public ForgedResponse signedWith(ForgedKey other) {
        key = other;
        return this;
    }

    /// About a certificate of another authority with the same number.
    public ForgedResponse aboutOneOf(ForgedAuthority other) {
        about = other;
        return this;
    }

    /// About another certificate.
    public ForgedResponse about(long number) {
        serialNumber = number;
        return this;
    }

    /// From another time.
    public ForgedResponse from(Instant start, @Nullable Instant end) {
        thisUpdate = start;
        nextUpdate = end;
        return this;
    }

    /// Says that it was revoked.
    public ForgedResponse revoked(Instant time, int reason) {
        status = new RevokedStatus(Date.from(time), reason);
        return this;
    }

    /// Says that the responder doesn't know it.
    public ForgedResponse unknown() {
        status = new UnknownStatus();
        return this;
    }

    /// The response in DER.
    public Bytes issue() {
        try {
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(signer.certificate().getSubject()));
            CertificateID id = new CertificateID(new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1), about.certificate(),
                    BigInteger.valueOf(serialNumber));
            builder.addResponse(id, status, Date.from(thisUpdate), nextUpdate == null ? null : Date.from(nextUpdate));
            return Bytes.copyOf(new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL,
                    builder.build(new JcaContentSignerBuilder(key.algorithm()).build(key.pair().getPrivate()), enclosed.toArray(X509CertificateHolder[]::new),
                            Date.from(thisUpdate))).getEncoded());
        } catch (OperatorCreationException | OCSPException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
