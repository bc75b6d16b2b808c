package dev.chancery.adapters.crypto.x509;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.der.DerWriter;
import dev.chancery.domain.bytes.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts of a certificate (RFC 5280 §4.1).
///
/// @param issuer its distinguished name, in DER
/// @param subject likewise
/// @param beforeExtensions all fields before the extensions, as they stand
public record TbsCertificate(
        BigInteger serialNumber,
        Bytes issuer,
        Instant notBefore,
        Instant notAfter,
        Bytes subject,
        Bytes subjectPublicKeyInfo,
        List<Bytes> beforeExtensions,
        Extensions extensions) {
    private static final int VERSION_TAG = 0xa0;
    private static final int ISSUER_UNIQUE_ID_TAG = 0x81;
    private static final int SUBJECT_UNIQUE_ID_TAG = 0x82;
    private static final int EXTENSIONS_TAG = 0xa3;

    /// Reads one.
    ///
    /// @throws DerException when it isn't a certificate of version 2 or 3
    public static TbsCertificate parse(Bytes der) throws DerException {
        DerSequence certificate = DerValue.parse(der).sequence("a certificate");
        DerValue tbs = certificate.next("tbsCertificate");
        certificate.next("signatureAlgorithm").expect(DerValue.SEQUENCE, "signatureAlgorithm");
        certificate.next("signatureValue").bits("signatureValue");
        certificate.end("a certificate");
        return fields(tbs.sequence("tbsCertificate"));
    }

    private static TbsCertificate fields(DerSequence tbs) throws DerException {
        List<Bytes> before = new ArrayList<>();
        DerValue version = keep(tbs.next("version").expect(VERSION_TAG, "version 2 or 3"), before);
        DerSequence number = version.values();
        int numbered = number.next("version").integer("version").intValue();
        number.end("version");
        BigInteger serial = keep(tbs.next("serialNumber"), before).integer("serialNumber");
        keep(tbs.next("signature").expect(DerValue.SEQUENCE, "signature"), before);
        Bytes issuer = keep(tbs.next("issuer").expect(DerValue.SEQUENCE, "issuer"), before).encoded();
        DerSequence validity = keep(tbs.next("validity"), before).sequence("validity");
        Instant notBefore = validity.next("notBefore").certificateTime("notBefore");
        Instant notAfter = validity.next("notAfter").certificateTime("notAfter");
        validity.end("validity");
        Bytes subject = keep(tbs.next("subject").expect(DerValue.SEQUENCE, "subject"), before).encoded();
        Bytes key = keep(tbs.next("subjectPublicKeyInfo").expect(DerValue.SEQUENCE, "subjectPublicKeyInfo"), before).encoded();
        for (int tag : new int[] {ISSUER_UNIQUE_ID_TAG, SUBJECT_UNIQUE_ID_TAG}) {
            tbs.nextIf(tag).ifPresent(id -> keep(id, before));
        }
        Optional<DerValue> wrapped = tbs.nextIf(EXTENSIONS_TAG);
        tbs.end("tbsCertificate");
        if (wrapped.isPresent() && numbered != 2) {
            throw new DerException("expected version 3, as extensions demand, found " + (numbered + 1));
        }
        return new TbsCertificate(serial, issuer, notBefore, notAfter, subject, key, List.copyOf(before),
                wrapped.isPresent() ? extensions(wrapped.get()) : Extensions.NONE);
    }

    private static DerValue keep(DerValue value, List<Bytes> kept) {
        kept.add(value.encoded());
        return value;
    }

    private static Extensions extensions(DerValue wrapped) throws DerException {
        DerSequence outer = wrapped.values();
        Extensions extensions = Extensions.read(outer.next("extensions"));
        outer.end("extensions");
        return extensions;
    }

    /// The value of an extension.
    public Optional<Bytes> extension(String oid) {
        return extensions.value(oid);
    }

    /// The certificate's to-be-signed part as it was before an extension was added, all else as it stands.
    Bytes without(String oid) {
        List<Bytes> kept = extensions.all().stream().filter(extension -> !extension.oid().equals(oid)).map(Extensions.Extension::encoded).toList();
        List<Bytes> fields = new ArrayList<>(beforeExtensions);
        if (!kept.isEmpty()) {
            fields.add(DerWriter.tagged(EXTENSIONS_TAG, List.of(DerWriter.tagged(DerValue.SEQUENCE, kept))));
        }
        return DerWriter.tagged(DerValue.SEQUENCE, fields);
    }
}
