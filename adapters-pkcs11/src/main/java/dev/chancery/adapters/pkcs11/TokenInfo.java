package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// What a token says about itself (CK_TOKEN_INFO, PKCS#11 v3.1 §3.3). Text from outside.
///
/// @param slot the slot it is in
/// @param maxSessions how many sessions it has at most; 0 for no limit or an unknown one
/// @param sessions how many are open now, by all programs; -1 where it doesn't say
/// @param maxPinLength in bytes
/// @param minPinLength in bytes
/// @param utcTime its clock as `YYYYMMDDhhmmssxx`; means something with CKF_CLOCK_ON_TOKEN only
record TokenInfo(long slot, String label, String manufacturer, String model, String serial, long flags, long maxSessions,
        long sessions, long maxPinLength, long minPinLength, String hardwareVersion, String firmwareVersion, String utcTime) {
    /// The size of CK_TOKEN_INFO.
    static final long SIZE = 208;

    private static final long CK_UNAVAILABLE_INFORMATION = -1;

    static TokenInfo read(long slot, MemorySegment info) {
        long sessions = info.get(JAVA_LONG, 104);
        return new TokenInfo(slot, text(info, 0, 32), text(info, 32, 32), text(info, 64, 16), text(info, 80, 16), info.get(JAVA_LONG, 96),
                sessions == CK_UNAVAILABLE_INFORMATION ? 0 : sessions, info.get(JAVA_LONG, 112), info.get(JAVA_LONG, 136), info.get(JAVA_LONG, 144),
                version(info, 184), version(info, 186), text(info, 188, 16));
    }

    boolean has(long flag) {
        return (flags & flag) != 0;
    }

    /// How it is called in messages.
    String display() {
        return label + " (serial " + serial + ", slot " + slot + ")";
    }

    /// Padded with blanks (§3.1); some modules end the text with a zero byte all the same.
    static String text(MemorySegment info, long offset, int length) {
        byte[] octets = info.asSlice(offset, length).toArray(JAVA_BYTE);
        int end = 0;
        while (end < length && octets[end] != 0) {
            end++;
        }
        while (end > 0 && octets[end - 1] == ' ') {
            end--;
        }
        return new String(octets, 0, end, StandardCharsets.UTF_8);
    }

    static String version(MemorySegment info, long offset) {
        return Byte.toUnsignedInt(info.get(JAVA_BYTE, offset)) + "." + Byte.toUnsignedInt(info.get(JAVA_BYTE, offset + 1));
    }
}
