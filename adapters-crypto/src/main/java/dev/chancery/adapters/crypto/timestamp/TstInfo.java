package dev.chancery.adapters.crypto.timestamp;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.TimestampToken;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Reads a TSTInfo (RFC 3161 §2.4.2).
final class TstInfo {
    private static final int MILLIS_TAG = 0x80;
    private static final int MICROS_TAG = 0x81;
    private static final int TSA_TAG = 0xa0;
    private static final int EXTENSIONS_TAG = 0xa1;
    private static final long MAX_ACCURACY_SECONDS = 86_400;

    private TstInfo() {}

    static TimestampToken read(Bytes token, Bytes tstInfo) throws DerException {
        DerSequence fields = DerValue.parse(tstInfo).sequence("TSTInfo");
        if (!fields.next("version").integer("version").equals(BigInteger.ONE)) {
            throw new DerException("expected TSTInfo version 1");
        }
        String policy = fields.next("policy").oid("policy");
        Digest imprint = imprint(fields.next("messageImprint").sequence("messageImprint"));
        BigInteger serial = fields.next("serialNumber").integer("serialNumber");
        Instant time = fields.next("genTime").generalizedTime("genTime");
        Optional<DerValue> accuracy = fields.nextIf(DerValue.SEQUENCE);
        Duration within = accuracy.isPresent() ? accuracy(accuracy.get().values()) : Duration.ZERO;
        Optional<DerValue> ordering = fields.nextIf(DerValue.BOOLEAN);
        if (ordering.isPresent() && !ordering.get().bool("ordering")) {
            throw new DerException("expected no default value (X.690 §11.5) for ordering");
        }
        fields.nextIf(DerValue.INTEGER); // nonce: for whoever asked
        fields.nextIf(TSA_TAG); // a hint to the authority's name, which the certificate says better
        if (fields.nextIf(EXTENSIONS_TAG).isPresent()) {
            throw new DerException("expected a TSTInfo without extensions, found some");
        }
        fields.end("TSTInfo");
        return new TimestampToken(token, imprint, time, within, policy, serial.toString(16));
    }

    private static Digest imprint(DerSequence imprint) throws DerException {
        String oid = imprint.next("hashAlgorithm").sequence("hashAlgorithm").next("algorithm").oid("algorithm");
        Bytes hashed = imprint.next("hashedMessage").octets("hashedMessage");
        imprint.end("messageImprint");
        HashAlgorithm algorithm = CmsAlgorithms.hash(oid).orElseThrow(() -> new DerException(
                "expected an imprint by SHA-256, SHA-384 or SHA-512, found one by " + oid));
        if (hashed.size() != algorithm.length()) {
            throw new DerException("expected an imprint of " + algorithm.length() + " bytes, found " + hashed.size());
        }
        return new Digest(algorithm, hashed);
    }

    private static Duration accuracy(DerSequence fields) throws DerException {
        Duration accuracy = Duration.ZERO;
        Optional<DerValue> seconds = fields.nextIf(DerValue.INTEGER);
        if (seconds.isPresent()) {
            accuracy = Duration.ofSeconds(limited(seconds.get().integer("seconds"), MAX_ACCURACY_SECONDS));
        }
        Optional<DerValue> millis = fields.nextIf(MILLIS_TAG);
        if (millis.isPresent()) {
            accuracy = accuracy.plusMillis(limited(new BigInteger(millis.get().content().toByteArray()), 999));
        }
        Optional<DerValue> micros = fields.nextIf(MICROS_TAG);
        if (micros.isPresent()) {
            accuracy = accuracy.plusNanos(1000 * limited(new BigInteger(micros.get().content().toByteArray()), 999));
        }
        fields.end("accuracy");
        return accuracy;
    }

    private static long limited(BigInteger value, long max) throws DerException {
        if (value.signum() < 0 || value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new DerException("expected an accuracy of 0 to " + max + ", found " + value);
        }
        return value.longValue();
    }
}
