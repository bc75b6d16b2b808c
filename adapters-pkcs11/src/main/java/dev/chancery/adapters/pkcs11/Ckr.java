package dev.chancery.adapters.pkcs11;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The return values of PKCS#11 (v3.1 §5.1; CK_RV in pkcs11t.h) that are not CKR_OK, without their prefix `CKR_`.
enum Ckr {
    CANCEL(0x1),
    HOST_MEMORY(0x2),
    SLOT_ID_INVALID(0x3),
    GENERAL_ERROR(0x5),
    FUNCTION_FAILED(0x6),
    ARGUMENTS_BAD(0x7),
    NO_EVENT(0x8),
    NEED_TO_CREATE_THREADS(0x9),
    CANT_LOCK(0xA),
    ATTRIBUTE_READ_ONLY(0x10),
    ATTRIBUTE_SENSITIVE(0x11),
    ATTRIBUTE_TYPE_INVALID(0x12),
    ATTRIBUTE_VALUE_INVALID(0x13),
    ACTION_PROHIBITED(0x1B),
    DATA_INVALID(0x20),
    DATA_LEN_RANGE(0x21),
    DEVICE_ERROR(0x30),
    DEVICE_MEMORY(0x31),
    DEVICE_REMOVED(0x32),
    ENCRYPTED_DATA_INVALID(0x40),
    ENCRYPTED_DATA_LEN_RANGE(0x41),
    FUNCTION_CANCELED(0x50),
    FUNCTION_NOT_PARALLEL(0x51),
    FUNCTION_NOT_SUPPORTED(0x54),
    KEY_HANDLE_INVALID(0x60),
    KEY_SIZE_RANGE(0x62),
    KEY_TYPE_INCONSISTENT(0x63),
    KEY_NOT_NEEDED(0x64),
    KEY_CHANGED(0x65),
    KEY_NEEDED(0x66),
    KEY_INDIGESTIBLE(0x67),
    KEY_FUNCTION_NOT_PERMITTED(0x68),
    KEY_NOT_WRAPPABLE(0x69),
    KEY_UNEXTRACTABLE(0x6A),
    MECHANISM_INVALID(0x70),
    MECHANISM_PARAM_INVALID(0x71),
    OBJECT_HANDLE_INVALID(0x82),
    OPERATION_ACTIVE(0x90),
    OPERATION_NOT_INITIALIZED(0x91),
    PIN_INCORRECT(0xA0),
    PIN_INVALID(0xA1),
    PIN_LEN_RANGE(0xA2),
    PIN_EXPIRED(0xA3),
    PIN_LOCKED(0xA4),
    SESSION_CLOSED(0xB0),
    SESSION_COUNT(0xB1),
    SESSION_HANDLE_INVALID(0xB3),
    SESSION_PARALLEL_NOT_SUPPORTED(0xB4),
    SESSION_READ_ONLY(0xB5),
    SESSION_EXISTS(0xB6),
    SESSION_READ_ONLY_EXISTS(0xB7),
    SESSION_READ_WRITE_SO_EXISTS(0xB8),
    SIGNATURE_INVALID(0xC0),
    SIGNATURE_LEN_RANGE(0xC1),
    TEMPLATE_INCOMPLETE(0xD0),
    TEMPLATE_INCONSISTENT(0xD1),
    TOKEN_NOT_PRESENT(0xE0),
    TOKEN_NOT_RECOGNIZED(0xE1),
    TOKEN_WRITE_PROTECTED(0xE2),
    USER_ALREADY_LOGGED_IN(0x100),
    USER_NOT_LOGGED_IN(0x101),
    USER_PIN_NOT_INITIALIZED(0x102),
    USER_TYPE_INVALID(0x103),
    USER_ANOTHER_ALREADY_LOGGED_IN(0x104),
    USER_TOO_MANY_TYPES(0x105),
    RANDOM_SEED_NOT_SUPPORTED(0x120),
    RANDOM_NO_RNG(0x121),
    DOMAIN_PARAMS_INVALID(0x130),
    CURVE_NOT_SUPPORTED(0x140),
    BUFFER_TOO_SMALL(0x150),
    SAVED_STATE_INVALID(0x160),
    INFORMATION_SENSITIVE(0x170),
    STATE_UNSAVEABLE(0x180),
    CRYPTOKI_NOT_INITIALIZED(0x190),
    CRYPTOKI_ALREADY_INITIALIZED(0x191),
    MUTEX_BAD(0x1A0),
    MUTEX_NOT_LOCKED(0x1A1),
    NEW_PIN_MODE(0x1B0),
    NEXT_OTP(0x1B1),
    EXCEEDED_MAX_ITERATIONS(0x1B5),
    FIPS_SELF_TEST_FAILED(0x1B6),
    LIBRARY_LOAD_FAILED(0x1B7),
    PIN_TOO_WEAK(0x1B8),
    PUBLIC_KEY_INVALID(0x1B9),
    FUNCTION_REJECTED(0x200),
    TOKEN_RESOURCE_EXCEEDED(0x201),
    OPERATION_CANCEL_FAILED(0x202),
    KEY_EXHAUSTED(0x203);

    /// After these nothing that was opened is relied on: sessions, logins and handles are made again before the next call. The vague ones
    /// (general error, function failed, device error) are among them, because tokens report a lost session with them.
    private static final Set<Ckr> LOSSES = EnumSet.of(
            CRYPTOKI_NOT_INITIALIZED, DEVICE_ERROR, DEVICE_REMOVED, FUNCTION_FAILED,
            GENERAL_ERROR, KEY_HANDLE_INVALID, OBJECT_HANDLE_INVALID, OPERATION_ACTIVE,
            SESSION_CLOSED, SESSION_HANDLE_INVALID, SLOT_ID_INVALID, TOKEN_NOT_PRESENT, TOKEN_NOT_RECOGNIZED, USER_NOT_LOGGED_IN);

    /// These are said by a token that isn't there any more.
    private static final Set<Ckr> REMOVALS = EnumSet.of(DEVICE_REMOVED, TOKEN_NOT_PRESENT, TOKEN_NOT_RECOGNIZED, SLOT_ID_INVALID,
            SESSION_CLOSED, SESSION_HANDLE_INVALID, USER_NOT_LOGGED_IN, CRYPTOKI_NOT_INITIALIZED);

    private static final Map<Long, Ckr> BY_VALUE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Ckr::value, Function.identity()));

    private final long value;

    Ckr(long value) {
        this.value = value;
    }

    long value() {
        return value;
    }

    static Optional<Ckr> of(long value) {
        return Optional.ofNullable(BY_VALUE.get(value));
    }

    /// The standard's name, or the number where it has none (vendors define their own above 0x80000000).
    static String name(long value) {
        return of(value).map(code -> "CKR_" + code.name()).orElseGet(() -> String.format(Locale.ROOT, "0x%X", value));
    }

    boolean isLoss() {
        return LOSSES.contains(this);
    }

    boolean isRemoval() {
        return REMOVALS.contains(this);
    }
}
