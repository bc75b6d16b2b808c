package dev.chancery.formats.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Numbers as ECMAScript writes them (ECMA-262 §6.1.6.1.20, Number::toString), which RFC 8785 §3.2.2.3 prescribes.
final class EcmaScriptNumber {
    private EcmaScriptNumber() {}

    /// The text of a double. Java's own [Double#toString(double)] finds the same shortest digits (since release 19), but two where
    /// one would do (`4.9E-324`), and lays them out otherwise.
    static String format(double value) {
        if (value == 0) {
            return "0"; // negative zero too
        }
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            return Double.toString(value);
        }
        BigDecimal shortest = oneDigit(Math.abs(value)).orElseGet(() -> new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros());
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale(); // the value is 0.digits × 10^point
        return (value < 0 ? "-" : "") + layOut(digits, point);
    }

    /// The nearest decimal of one digit that is read as this value, if there is one and Java took two digits.
    private static Optional<BigDecimal> oneDigit(double value) {
        BigDecimal java = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (java.precision() != 2) {
            return Optional.empty();
        }
        BigDecimal exact = new BigDecimal(value);
        return Stream.of(RoundingMode.DOWN, RoundingMode.UP)
                .map(mode -> java.round(new MathContext(1, mode)).stripTrailingZeros())
                .filter(candidate -> candidate.doubleValue() == value)
                .min(Comparator.comparing(candidate -> candidate.subtract(exact).abs()));
    }

    private static String layOut(String digits, int point) {
        int count = digits.length();
        if (count <= point && point <= 21) {
            return digits + "0".repeat(point - count);
        }
        if (0 < point && point <= 21) {
            return digits.substring(0, point) + "." + digits.substring(point);
        }
        if (-6 < point && point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        int exponent = point - 1;
        return digits.charAt(0) + (count > 1 ? "." + digits.substring(1) : "") + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
