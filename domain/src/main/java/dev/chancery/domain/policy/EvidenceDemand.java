package dev.chancery.domain.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What each signature needs beside itself. What isn't said is as usual for its kind: a certificate needs one of each, a key none.
///
/// @param logEntriesOrNull how many transparency logs must have it
/// @param timesOrNull how many proofs there must be of when it existed
/// @param certificateTimestampsOrNull how many certificate transparency logs must have promised to include its certificate
/// @param revocationOrNull whether its certificates must be shown not to be revoked; null when nobody looks
public record EvidenceDemand(@Nullable Integer logEntriesOrNull, @Nullable Integer timesOrNull, @Nullable Integer certificateTimestampsOrNull,
        @Nullable RevocationDemand revocationOrNull) {
    /// As usual.
    public static final EvidenceDemand USUAL = new EvidenceDemand(null, null, null, null);

    /// The most that may be demanded of each.
    public static final int MOST = 32;

    /// @throws IllegalArgumentException when a number is negative or over [#MOST]
    public EvidenceDemand {
        if (isNone(logEntriesOrNull) || isNone(timesOrNull) || isNone(certificateTimestampsOrNull)) {
            throw new IllegalArgumentException("demands for evidence are from 0 to " + MOST);
        }
    }

    /// A demand that says nothing of revocation.
    ///
    /// @throws IllegalArgumentException when a number is negative or over [#MOST]
    public EvidenceDemand(@Nullable Integer logEntriesOrNull, @Nullable Integer timesOrNull, @Nullable Integer certificateTimestampsOrNull) {
        this(logEntriesOrNull, timesOrNull, certificateTimestampsOrNull, null);
    }

    private static boolean isNone(@Nullable Integer number) {
        return number != null && (number < 0 || number > MOST);
    }

    /// How many transparency logs must have it.
    public Optional<Integer> logEntries() {
        return Optional.ofNullable(logEntriesOrNull);
    }

    /// How many proofs there must be of when it existed.
    public Optional<Integer> times() {
        return Optional.ofNullable(timesOrNull);
    }

    /// How many certificate transparency logs must have promised to include its certificate.
    public Optional<Integer> certificateTimestamps() {
        return Optional.ofNullable(certificateTimestampsOrNull);
    }

    /// Whether its certificates must be shown not to be revoked.
    public RevocationDemand revocation() {
        return revocationOrNull == null ? RevocationDemand.OFF : revocationOrNull;
    }
}
