package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.ctap.AuthenticatorInfo;
import dev.chancery.adapters.fido2.ctap.Ctap;
import dev.chancery.adapters.fido2.ctap.CtapException;
import dev.chancery.ports.key.KeyException;
import java.time.Duration;

/// An open security key. For one thread.
///
/// @param name how it is told apart from others; text from outside
/// @param limit how long one command may take
record ConnectedKey(String name, Ctap ctap, AuthenticatorInfo info, Duration limit) implements AutoCloseable {
    /// As messages name it.
    String place() {
        return "the security key at " + name;
    }

    /// What a user is told of an error.
    KeyException failure(CtapException e) {
        return Fido2Failures.of(place(), limit, e);
    }

    @Override
    public void close() {
        ctap.close();
    }
}
