package dev.chancery.adapters.crypto.x509;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SignedCertificateTimestamp;
import dev.chancery.domain.certificate.SignedCertificateTimestamp.Scheme;
import dev.chancery.domain.digest.HashAlgorithm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The list of signed certificate timestamps inside a certificate (RFC 6962 §3.3), and what each is signed over (§3.2): the
/// certificate as it was before the list was added.
final class CertificateTimestamps {
    static final String OID = "1.3.6.1.4.1.11129.2.4.2";

    private static final int V1 = 0;
    private static final int LOG_ID_LENGTH = 32;
    private static final int HASH_SHA_256 = 4;
    private static final int SIGNATURE_RSA = 1;
    private static final int SIGNATURE_ECDSA = 3;
    private static final byte CERTIFICATE_TIMESTAMP = 0;
    private static final byte[] PRECERT_ENTRY = {0, 1};

    private CertificateTimestamps() {}

    static List<SignedCertificateTimestamp> read(TbsCertificate leaf, Bytes issuerKey) throws DerException {
        Optional<Bytes> extension = leaf.extension(OID);
        if (extension.isEmpty()) {
            return List.of();
        }
        TlsReader list = new TlsReader(DerValue.parse(extension.get()).octets("SignedCertificateTimestampList"));
        TlsReader entries = new TlsReader(list.opaque16());
        list.end();
        Bytes issuerKeyHash = HashAlgorithm.SHA_256.digest(issuerKey).value();
        Bytes tbs = leaf.without(OID);
        List<SignedCertificateTimestamp> all = new ArrayList<>();
        while (entries.hasMore()) {
            all.add(one(new TlsReader(entries.opaque16()), issuerKeyHash, tbs));
        }
        return List.copyOf(all);
    }

    private static SignedCertificateTimestamp one(TlsReader sct, Bytes issuerKeyHash, Bytes tbs) throws DerException {
        int version = sct.uint8();
        if (version != V1) {
            throw new DerException("expected a certificate timestamp of version 1, found " + (version + 1));
        }
        Bytes logId = sct.take(LOG_ID_LENGTH);
        long millis = sct.uint64();
        Bytes extensions = sct.opaque16();
        int hash = sct.uint8();
        int scheme = sct.uint8();
        Bytes signature = sct.opaque16();
        sct.end();
        TlsWriter signed = new TlsWriter();
        signed.uint8(V1);
        signed.uint8(CERTIFICATE_TIMESTAMP);
        signed.uint64(millis);
        signed.raw(Bytes.copyOf(PRECERT_ENTRY));
        signed.raw(issuerKeyHash);
        signed.opaque24(tbs);
        signed.opaque16(extensions);
        return new SignedCertificateTimestamp(logId, Instant.ofEpochMilli(millis), extensions, signed.bytes(), scheme(hash, scheme), signature);
    }

    private static @Nullable Scheme scheme(int hash, int signature) {
        if (hash != HASH_SHA_256) {
            return null;
        }
        return switch (signature) {
            case SIGNATURE_ECDSA -> Scheme.ECDSA_SHA_256;
            case SIGNATURE_RSA -> Scheme.RSA_PKCS1_SHA_256;
            default -> null;
        };
    }
}
