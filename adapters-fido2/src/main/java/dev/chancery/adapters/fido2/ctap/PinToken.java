package dev.chancery.adapters.fido2.ctap;

import dev.chancery.domain.bytes.Bytes;
import java.util.Arrays;

/// A security key's leave for one operation, given for a PIN or a finger (`pinUvAuthToken`, CTAP 2.1 §6.5.2.1). Its maker closes it, which overwrites it.
public final class PinToken implements AutoCloseable {
    private final long protocol;
    private final byte[] token;

    PinToken(long protocol, byte[] token) {
        this.protocol = protocol;
        this.token = token;
    }

    long protocol() {
        return protocol;
    }

    Bytes authenticate(Bytes message) {
        return PinUvAuth.authenticate(protocol, token, message);
    }

    @Override
    public void close() {
        Arrays.fill(token, (byte) 0);
    }

    /// Says nothing of the token.
    @Override
    public String toString() {
        return "PinToken";
    }
}
