package dev.chancery.formats.json;

import java.math.BigDecimal;

/// Numbers as ECMAScript writes them (ECMA-262 §6.1.6.1.20, Number::toString), which RFC 8785 §3.2.2.3 prescribes.
final class EcmaScriptNumber {
    private EcmaScriptNumber() {}

    /// The text of a double. Java's own [Double#toString(double)] finds the same shortest digits (since release 19); the layout differs.
    static String format(double value) {
        if (value == 0) {
            return "0"; // negative zero too
        }
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            return Double.toString(value);
        }
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale(); // the value is 0.digits × 10^point
        return (value < 0 ? "-" : "") + layOut(digits, point);
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
