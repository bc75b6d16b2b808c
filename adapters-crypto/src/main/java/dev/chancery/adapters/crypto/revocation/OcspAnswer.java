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

/// What an OCSP response says about one certificate (RFC 6960 §4.2.1, SingleResponse).
///
/// @param hash the object identifier of the hash of the issuer's name and key
record OcspAnswer(String hash, Bytes issuerNameHash, Bytes issuerKeyHash, BigInteger serialNumber, Status status, Instant thisUpdate,
        @Nullable Instant nextUpdateOrNull, Extensions extensions) {
    private static final int CONTEXT_0 = 0xa0;
    private static final int CONTEXT_1 = 0xa1;
    private static final int GOOD = 0x80;
    private static final int REVOKED = 0xa1;
    private static final int UNKNOWN = 0x82;

    static OcspAnswer parse(DerValue single) throws DerException {
        DerSequence fields = single.sequence("SingleResponse");
        DerSequence id = fields.next("certID").sequence("certID");
        String hash = RevocationList.oid(id.next("hashAlgorithm"));
        Bytes name = id.next("issuerNameHash").octets("issuerNameHash");
        Bytes key = id.next("issuerKeyHash").octets("issuerKeyHash");
        BigInteger serialNumber = id.next("serialNumber").integer("serialNumber");
        id.end("certID");
        DerValue status = fields.next("certStatus");
        Instant thisUpdate = fields.next("thisUpdate").generalizedTime("thisUpdate");
        Optional<DerValue> next = fields.nextIf(CONTEXT_0);
        Instant nextUpdate = next.isPresent() ? OcspResponse.only(next.get()).generalizedTime("nextUpdate") : null;
        Optional<DerValue> more = fields.nextIf(CONTEXT_1);
        Extensions extensions = more.isPresent() ? Extensions.read(OcspResponse.only(more.get())) : Extensions.NONE;
        fields.end("SingleResponse");
        return new OcspAnswer(hash, name, key, serialNumber, status(status, extensions), thisUpdate, nextUpdate, extensions);
    }

    private static Status status(DerValue status, Extensions extensions) throws DerException {
        return switch (status.tag()) {
            case GOOD -> new Status.Good();
            case UNKNOWN -> new Status.Unknown();
            case REVOKED -> revoked(status.values(), extensions);
            default -> throw new DerException("expected a status, found tag " + Integer.toHexString(status.tag()));
        };
    }

    private static Status revoked(DerSequence info, Extensions extensions) throws DerException {
        Instant time = info.next("revocationTime").generalizedTime("revocationTime");
        Optional<DerValue> given = info.nextIf(CONTEXT_0);
        info.end("revoked");
        RevocationReason reason = given.isPresent() ? RevokedEntry.reason(OcspResponse.only(given.get())) : RevocationReason.UNSPECIFIED;
        return new Status.Revoked(time, reason, RevokedEntry.invalidityDate(extensions));
    }
}
