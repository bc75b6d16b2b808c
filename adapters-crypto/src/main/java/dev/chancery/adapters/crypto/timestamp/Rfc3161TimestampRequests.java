package dev.chancery.adapters.crypto.timestamp;

import dev.chancery.adapters.crypto.der.DerWriter;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.ports.certificate.TimestampRequests;
import java.util.List;

/// Writes `TimeStampReq ::= SEQUENCE { version INTEGER (1), messageImprint, certReq BOOLEAN (TRUE) }` (RFC 3161 §2.4.1).
public final class Rfc3161TimestampRequests implements TimestampRequests {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final Bytes VERSION_1 = Bytes.fromHex("020101");
    private static final Bytes NULL = Bytes.fromHex("0500");
    private static final Bytes TRUE = Bytes.fromHex("0101ff");

    @Override
    public Bytes request(Digest imprint) {
        Bytes algorithm = DerWriter.tagged(SEQUENCE, List.of(oid(imprint), NULL));
        Bytes messageImprint = DerWriter.tagged(SEQUENCE, List.of(algorithm, DerWriter.tagged(OCTET_STRING, List.of(imprint.value()))));
        return DerWriter.tagged(SEQUENCE, List.of(VERSION_1, messageImprint, TRUE));
    }

    /// RFC 5754 §2: 2.16.840.1.101.3.4.2.1 to .3.
    private static Bytes oid(Digest imprint) {
        return Bytes.fromHex(switch (imprint.algorithm()) {
            case SHA_256 -> "0609608648016503040201";
            case SHA_384 -> "0609608648016503040202";
            case SHA_512 -> "0609608648016503040203";
        });
    }
}
