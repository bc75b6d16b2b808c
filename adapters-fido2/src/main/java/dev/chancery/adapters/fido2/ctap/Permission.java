package dev.chancery.adapters.fido2.ctap;

/// What a PIN token is for (CTAP 2.1 §6.5.5.7, *permissions*).
public enum Permission {
    MAKE_CREDENTIAL(0x01),
    GET_ASSERTION(0x02),
    CREDENTIAL_MANAGEMENT(0x04);

    private final int bit;

    Permission(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
