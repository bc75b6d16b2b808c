package dev.chancery.domain.webauthn;

import dev.chancery.domain.bytes.Bytes;
import java.util.Optional;

/// What an authenticator says with an assertion (WebAuthn L3 §6.1).
///
/// @param rpIdHash SHA-256 of the relying party's id, 32 bytes
/// @param flags as they stand there
/// @param signCount how often it has signed, as it says; never trusted for security, since passkeys that are synced keep it at 0
public record AuthenticatorData(Bytes rpIdHash, int flags, long signCount) {
    private static final int RP_ID_HASH = 32;
    private static final int FIXED = 37;
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int BACKUP_ELIGIBLE = 0x08;
    private static final int BACKED_UP = 0x10;
    private static final int ATTESTED_CREDENTIAL = 0x40;
    private static final int EXTENSIONS = 0x80;

    /// Reads it. Extension outputs are passed over: nothing asks for any, and the signature covers them.
    ///
    /// @return nothing when it is too short, has a credential as only registrations do, or has bytes that no flag announces
    public static Optional<AuthenticatorData> read(Bytes data) {
        if (data.size() < FIXED) {
            return Optional.empty();
        }
        int flags = data.at(RP_ID_HASH);
        boolean extensions = (flags & EXTENSIONS) != 0;
        if ((flags & ATTESTED_CREDENTIAL) != 0 || extensions == (data.size() == FIXED)) {
            return Optional.empty();
        }
        long count = 0;
        for (int i = RP_ID_HASH + 1; i < FIXED; i++) {
            count = count << 8 | data.at(i);
        }
        return Optional.of(new AuthenticatorData(data.slice(0, RP_ID_HASH), flags, count));
    }

    /// UP: somebody was there, and touched it.
    public boolean userPresent() {
        return (flags & USER_PRESENT) != 0;
    }

    /// UV: it was unlocked, by PIN or finger.
    public boolean userVerified() {
        return (flags & USER_VERIFIED) != 0;
    }

    /// BE: the credential may be copied to other devices.
    public boolean backupEligible() {
        return (flags & BACKUP_ELIGIBLE) != 0;
    }

    /// BS: it has been.
    public boolean backedUp() {
        return (flags & BACKED_UP) != 0;
    }
}
