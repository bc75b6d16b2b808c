package dev.chancery.verification;

import java.util.List;

/// How much evidence a signature needs beside itself. Each number is one of distinct givers: logs and authorities of one operator count once.
///
/// @param logEntries transparency logs that have the signature
/// @param times proofs of when the signature existed: timestamps, and times that a Rekor v1 log has promised; for a certificate they must
///     lie in its validity. At least 1 wherever a certificate is involved: the time of day now is no such proof
/// @param certificateTimestamps certificate transparency logs that have promised to include the certificate
/// @param witnesses who may cosign a log's checkpoint
/// @param cosignatures how many of the witnesses must have, for an entry to count
/// @param revocation whether certificates must be shown not to be revoked, and where that is to be learnt
public record Requirements(int logEntries, int times, int certificateTimestamps, List<Witness> witnesses, int cosignatures, Revocation revocation) {
    /// For a signature by a certificate: one of each.
    public static final Requirements OF_CERTIFICATE = new Requirements(1, 1, 1, List.of(), 0);

    /// For a signature by a certificate of an authority of one's own: a proof of time.
    public static final Requirements OF_AUTHORITY = new Requirements(0, 1, 0, List.of(), 0);

    /// For a signature by a key, with a trusted root: an entry in a log.
    public static final Requirements OF_KEY = new Requirements(1, 0, 0, List.of(), 0);

    /// For a signature by a key and nothing else.
    public static final Requirements NONE = new Requirements(0, 0, 0, List.of(), 0);

    /// @throws IllegalArgumentException when a number is negative, or more cosignatures are wanted than there are witnesses
    public Requirements {
        witnesses = List.copyOf(witnesses);
        if (logEntries < 0 || times < 0 || certificateTimestamps < 0 || cosignatures < 0 || cosignatures > witnesses.size()) {
            throw new IllegalArgumentException("requirements are not negative, nor more than can be met");
        }
    }

    /// Requirements that say nothing of revocation.
    ///
    /// @throws IllegalArgumentException when a number is negative, or more cosignatures are wanted than there are witnesses
    public Requirements(int logEntries, int times, int certificateTimestamps, List<Witness> witnesses, int cosignatures) {
        this(logEntries, times, certificateTimestamps, witnesses, cosignatures, Revocation.OFF);
    }

    /// The same with other proofs of time wanted.
    ///
    /// @throws IllegalArgumentException when the number is negative
    public Requirements withTimes(int number) {
        return new Requirements(logEntries, number, certificateTimestamps, witnesses, cosignatures, revocation);
    }

    /// The same with no log entry wanted.
    public Requirements withoutLog() {
        return new Requirements(0, times, certificateTimestamps, witnesses, cosignatures, revocation);
    }

    /// The same with no certificate transparency wanted.
    public Requirements withoutCertificateTimestamps() {
        return new Requirements(logEntries, times, 0, witnesses, cosignatures, revocation);
    }

    /// The same with revocation looked at so.
    public Requirements withRevocation(Revocation other) {
        return new Requirements(logEntries, times, certificateTimestamps, witnesses, cosignatures, other);
    }
}
