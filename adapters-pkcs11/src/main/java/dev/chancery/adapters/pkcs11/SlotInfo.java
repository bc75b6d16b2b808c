package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// What a slot says of itself (CK_SLOT_INFO, PKCS#11 v3.1 §3.2). Text from outside.
///
/// @param number its CK_SLOT_ID
/// @param occupied whether a token is in it
record SlotInfo(long number, String description, boolean occupied) {
    /// The size of CK_SLOT_INFO.
    static final long SIZE = 112;

    static SlotInfo read(long number, MemorySegment info) {
        return new SlotInfo(number, TokenInfo.text(info, 0, 64), (info.get(JAVA_LONG, 96) & Ck.CKF_TOKEN_PRESENT) != 0);
    }
}
