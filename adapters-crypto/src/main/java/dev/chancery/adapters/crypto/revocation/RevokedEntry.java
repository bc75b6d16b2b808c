package dev.chancery.adapters.crypto.revocation;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.x509.Extensions;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationReason;
import dev.chancery.domain.certificate.RevocationStatement.Status;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An entry of a revocation list (RFC 5280 §5.3).
record RevokedEntry(Instant time, Extensions extensions) {
    static final String REASON_CODE = "2.5.29.21";
    static final String INVALIDITY_DATE = "2.5.29.24";

    private static final int ENUMERATED = 0x0a;

    static RevokedEntry parse(DerValue entry) throws DerException {
        DerSequence fields = entry.sequence("an entry");
        fields.next("userCertificate").integer("userCertificate");
        Instant time = fields.next("revocationDate").certificateTime("revocationDate");
        Extensions extensions = fields.hasNext() ? Extensions.read(fields.next("crlEntryExtensions")) : Extensions.NONE;
        fields.end("an entry");
        return new RevokedEntry(time, extensions);
    }

    static BigInteger serialNumber(DerValue entry) throws DerException {
        return entry.sequence("an entry").next("userCertificate").integer("userCertificate");
    }

    Status revoked() throws DerException {
        Optional<Bytes> code = extensions.value(REASON_CODE);
        RevocationReason reason = code.isPresent() ? reason(DerValue.parse(code.get())) : RevocationReason.UNSPECIFIED;
        return new Status.Revoked(time, reason, invalidityDate(extensions));
    }

    static RevocationReason reason(DerValue enumerated) throws DerException {
        Bytes content = enumerated.expect(ENUMERATED, "a reason").content();
        if (content.size() != 1) {
            throw new DerException("expected a reason of one byte");
        }
        return RevocationReason.ofNumber(content.at(0)).orElseThrow(() -> new DerException("expected a reason that a complete list may have, found number "
                + content.at(0)));
    }

    static @Nullable Instant invalidityDate(Extensions extensions) throws DerException {
        Optional<Bytes> date = extensions.value(INVALIDITY_DATE);
        return date.isPresent() ? DerValue.parse(date.get()).generalizedTime("invalidityDate") : null;
    }
}
