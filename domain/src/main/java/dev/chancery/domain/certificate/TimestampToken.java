package dev.chancery.domain.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import java.time.Duration;
import java.time.Instant;

/// What an RFC 3161 timestamp says (§2.4.2, TSTInfo). Who signed it is another question.
///
/// @param token the whole of it in DER, a `TimeStampToken`
/// @param imprint the digest of what existed then
/// @param time when; the true time may be off by the accuracy, in either direction
/// @param accuracy zero when the token doesn't say
/// @param policy the authority's policy, a dotted object identifier
/// @param serialNumber lower-case hexadecimal
public record TimestampToken(Bytes token, Digest imprint, Instant time, Duration accuracy, String policy, String serialNumber) {
    /// The largest timestamp that is read, in bytes.
    public static final int MAX_LENGTH = 256 * 1024;

    /// @throws IllegalArgumentException when the accuracy is negative
    public TimestampToken {
        if (accuracy.isNegative()) {
            throw new IllegalArgumentException("an accuracy is not negative");
        }
    }
}
