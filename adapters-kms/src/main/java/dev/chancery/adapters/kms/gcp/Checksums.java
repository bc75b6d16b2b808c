package dev.chancery.adapters.kms.gcp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.ServiceFailure;
import java.util.zip.CRC32C;

/// CRC32C (RFC 3720 §B.4 has vectors), as the service carries it in requests and answers.
final class Checksums {
    private Checksums() {}

    static Int64Value of(ByteString bytes) {
        CRC32C crc = new CRC32C();
        bytes.asReadOnlyByteBufferList().forEach(crc::update);
        return Int64Value.of(crc.getValue());
    }

    /// Checks what came back.
    ///
    /// @param present whether the answer has a checksum; one without is as good as damaged
    static void check(ByteString bytes, boolean present, Int64Value told, String what) throws ServiceFailure {
        if (!present || of(bytes).getValue() != told.getValue()) {
            throw ServiceFailure.of(Fault.DAMAGED, what + (present ? " does not fit its CRC32C" : " came without its CRC32C"), null);
        }
    }
}
