package dev.chancery.adapters.fido2.ctap;

import java.util.Arrays;
import java.util.Optional;

/// Status codes that are told apart (CTAP 2.1 §8.2).
public enum CtapStatus {
    CREDENTIAL_EXCLUDED(0x19),
    UNSUPPORTED_ALGORITHM(0x26),
    OPERATION_DENIED(0x27),
    KEY_STORE_FULL(0x28),
    KEEPALIVE_CANCEL(0x2d),
    NO_CREDENTIALS(0x2e),
    USER_ACTION_TIMEOUT(0x2f),
    PIN_INVALID(0x31),
    PIN_BLOCKED(0x32),
    PIN_AUTH_INVALID(0x33),
    PIN_AUTH_BLOCKED(0x34),
    PIN_NOT_SET(0x35),
    PUAT_REQUIRED(0x36),
    ACTION_TIMEOUT(0x3a),
    UV_BLOCKED(0x3c),
    UV_INVALID(0x3f);

    private final int code;

    CtapStatus(int code) {
        this.code = code;
    }

    /// The one with a code; nothing for the others.
    public static Optional<CtapStatus> of(int code) {
        return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
    }
}
