package dev.chancery.adapters.kms.service;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a service is asked.
///
/// @param concurrent how many requests are under way at once, at most
/// @param perSecond how many requests begin in a second, at most; 0 for as many as there are
/// @param firstPause the longest pause after the first refusal; it doubles with each further one
/// @param longestPause beyond which pauses don't grow
public record CallLimits(int concurrent, int perSecond, Duration firstPause, Duration longestPause) {
    /// More than any service's quota for one account.
    private static final int MOST = 100_000;
    /// 16 requests at once keep a service busy that answers in 16 ms at a thousand signatures a second, the quota of AWS for a key.
    public static final CallLimits DEFAULT = new CallLimits(16, 0, Duration.ofMillis(100), Duration.ofSeconds(2));

    /// @throws IllegalArgumentException when a limit is out of range
    public CallLimits {
        if (concurrent < 1 || perSecond < 0 || concurrent > MOST || perSecond > MOST) {
            throw new IllegalArgumentException("at least one request at once, and no negative rate");
        }
        if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("pauses are positive and the longest is the longest");
        }
    }

    /// The usual limits, changed by `CHANCERY_KMS_CONCURRENCY` and `CHANCERY_KMS_RATE`.
    ///
    /// @throws ServiceFailure when one of them is no number in its range
    public static CallLimits of(Function<String, @Nullable String> environment) throws ServiceFailure {
        return new CallLimits(number(environment, "CHANCERY_KMS_CONCURRENCY", 1, DEFAULT.concurrent()),
                number(environment, "CHANCERY_KMS_RATE", 0, DEFAULT.perSecond()), DEFAULT.firstPause(), DEFAULT.longestPause());
    }

    private static int number(Function<String, @Nullable String> environment, String variable, int least, int usual) throws ServiceFailure {
        String text = environment.apply(variable);
        if (text == null || text.isEmpty()) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        throw ServiceFailure.of(Fault.SETTING, variable + " is " + ServiceFailure.words(text) + ", not a whole number from " + least + " to " + MOST, null);
    }
}
