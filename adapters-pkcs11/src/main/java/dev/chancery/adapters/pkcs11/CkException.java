package dev.chancery.adapters.pkcs11;

import java.util.Map;

/// A function of the module returned something other than CKR_OK.
final class CkException extends Exception {
    private static final long serialVersionUID = 1;

    static final long PIN_INCORRECT = 0xA0;
    static final long PIN_INVALID = 0xA1;
    static final long PIN_LEN_RANGE = 0xA2;
    static final long PIN_LOCKED = 0xA4;
    static final long USER_ALREADY_LOGGED_IN = 0x100;
    static final long ATTRIBUTE_SENSITIVE = 0x11;
    static final long ATTRIBUTE_TYPE_INVALID = 0x12;
    static final long KEY_FUNCTION_NOT_PERMITTED = 0x68;
    static final long CRYPTOKI_ALREADY_INITIALIZED = 0x191;

    /// PKCS#11 v3.1 §5.1 names of the codes that users meet.
    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(0x2L, "CKR_HOST_MEMORY"), Map.entry(0x3L, "CKR_SLOT_ID_INVALID"), Map.entry(0x5L, "CKR_GENERAL_ERROR"),
            Map.entry(0x6L, "CKR_FUNCTION_FAILED"), Map.entry(0x7L, "CKR_ARGUMENTS_BAD"), Map.entry(0x30L, "CKR_DEVICE_ERROR"),
            Map.entry(0x31L, "CKR_DEVICE_MEMORY"), Map.entry(0x32L, "CKR_DEVICE_REMOVED"), Map.entry(0x68L, "CKR_KEY_FUNCTION_NOT_PERMITTED"),
            Map.entry(0x70L, "CKR_MECHANISM_INVALID"), Map.entry(0x82L, "CKR_OBJECT_HANDLE_INVALID"),
            Map.entry(0xA0L, "CKR_PIN_INCORRECT"), Map.entry(0xA1L, "CKR_PIN_INVALID"), Map.entry(0xA2L, "CKR_PIN_LEN_RANGE"),
            Map.entry(0xA4L, "CKR_PIN_LOCKED"), Map.entry(0xB0L, "CKR_SESSION_CLOSED"), Map.entry(0xB1L, "CKR_SESSION_COUNT"),
            Map.entry(0xB3L, "CKR_SESSION_HANDLE_INVALID"), Map.entry(0xE0L, "CKR_TOKEN_NOT_PRESENT"),
            Map.entry(0xE1L, "CKR_TOKEN_NOT_RECOGNIZED"), Map.entry(0x101L, "CKR_USER_NOT_LOGGED_IN"));

    private final String function;
    private final long value;

    CkException(String function, long value) {
        super(function + " returned " + NAMES.getOrDefault(value, String.format("0x%X", value)));
        this.function = function;
        this.value = value;
    }

    String function() {
        return function;
    }

    long value() {
        return value;
    }
}
