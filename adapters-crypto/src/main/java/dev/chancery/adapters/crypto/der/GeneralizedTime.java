package dev.chancery.adapters.crypto.der;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// The DER form of GeneralizedTime (X.690 §11.7): UTC, seconds always, a fraction without trailing zeros.
final class GeneralizedTime {
    private static final int SECONDS_END = 14;
    private static final int MAX_FRACTION = 9;

    private GeneralizedTime() {}

    static Optional<Instant> parse(String text) {
        int z = text.length() - 1;
        if (z < SECONDS_END || text.charAt(z) != 'Z') {
            return Optional.empty();
        }
        String fraction = z == SECONDS_END ? "" : text.substring(SECONDS_END + 1, z);
        boolean wholeSeconds = z == SECONDS_END;
        if (!wholeSeconds && (text.charAt(SECONDS_END) != '.' || fraction.isEmpty() || fraction.length() > MAX_FRACTION || fraction.endsWith("0"))) {
            return Optional.empty();
        }
        if (!isDigits(text.substring(0, SECONDS_END)) || !isDigits(fraction)) {
            return Optional.empty();
        }
        try {
            int nanos = wholeSeconds ? 0 : Integer.parseInt(fraction + "0".repeat(MAX_FRACTION - fraction.length()));
            return Optional.of(LocalDateTime.of(number(text, 0, 4), number(text, 4, 6), number(text, 6, 8),
                    number(text, 8, 10), number(text, 10, 12), number(text, 12, 14), nanos).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text.substring(from, to));
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
