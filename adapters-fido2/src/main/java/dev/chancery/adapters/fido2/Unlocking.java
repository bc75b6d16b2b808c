package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.ctap.AuthenticatorInfo;
import dev.chancery.adapters.fido2.ctap.ClientPin;
import dev.chancery.adapters.fido2.ctap.CtapException;
import dev.chancery.adapters.fido2.ctap.CtapStatus;
import dev.chancery.adapters.fido2.ctap.Permission;
import dev.chancery.adapters.fido2.ctap.PinToken;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.ports.key.TouchPrompt;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Has one security key verify its user, by finger where it can, else by PIN. A token is good for one operation, so a PIN that was right is kept until this
/// is closed and used again; one that was wrong never is. For one thread.
final class Unlocking implements AutoCloseable {
    private final ConnectedKey key;
    private final KeyAccess access;
    private final TouchPrompt prompt;
    private final ClientPin client;
    private @Nullable Pin pin;

    Unlocking(ConnectedKey key, KeyAccess access, TouchPrompt prompt, SecureRandom random) {
        this.key = key;
        this.access = access;
        this.prompt = prompt;
        this.client = new ClientPin(key.ctap(), key.info(), random);
    }

    /// Gets a token.
    ///
    /// @return a token that the caller closes
    /// @throws KeyException when the security key has no way to verify its user, or does not
    PinToken token(Permission permission, Optional<String> rpId) throws KeyException {
        AuthenticatorInfo info = key.info();
        boolean pinSet = info.pinSet().orElse(false);
        try {
            if (info.has("uv") && info.has("pinUvAuthToken")) {
                try {
                    prompt.touch(key.place(), key.limit());
                    return client.tokenByUv(permission, rpId);
                } catch (CtapException e) {
                    if (!pinSet || !(e.is(CtapStatus.UV_INVALID) || e.is(CtapStatus.UV_BLOCKED))) {
                        throw e;
                    }
                }
            }
            if (!pinSet) {
                throw Fido2Failures.notReady(key.place(), info.pinSet().isEmpty() ? "expected one that verifies its user, found that it can't" : "expected one with a PIN, "
                        + "found that none is set");
            }
            return byPin(permission, rpId);
        } catch (CtapException e) {
            throw key.failure(e);
        }
    }

    private PinToken byPin(Permission permission, Optional<String> rpId) throws KeyException, CtapException {
        if (pin == null) {
            pin = ask();
        }
        try {
            return client.token(pin, permission, rpId);
        } catch (CtapException e) {
            forget();
            if (e.is(CtapStatus.PIN_INVALID)) {
                throw Fido2Failures.wrongPin(key.place(), left(), e);
            }
            throw e;
        }
    }

    /// Nobody is asked for a PIN that could not be tried.
    private Pin ask() throws KeyException, CtapException {
        ClientPin.Retries retries = client.retries();
        if (retries.left() == 0) {
            throw Fido2Failures.blocked(key.place(), "no try is left: too many wrong PINs were given",
                    "a blocked PIN can't be set anew: reset the security key, which destroys its credentials, and enrol it again", null);
        }
        if (retries.powerCycle()) {
            throw Fido2Failures.blocked(key.place(), "three wrong PINs were given since it was connected",
                    "take it out and put it back, and be sure of the PIN before the next try", null);
        }
        if (retries.left() == 1 && !access.finalTryConfirmed()) {
            throw Fido2Failures.finalTry(key.place());
        }
        Pin given = access.pinEntry().request(new PinEntry.Prompt(PinEntry.Kind.TOKEN_PIN, key.name())).orElseThrow(() -> new KeyException.PinUnavailable(
                new Problem(ErrorCode.PIN_UNAVAILABLE, key.place() + " was not unlocked", "it has a PIN, and there is nobody to ask for it",
                        "set CHANCERY_PIN, or run the command at a terminal"), null));
        if (!ClientPin.canBe(given)) {
            given.close();
            throw new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_MALFORMED, key.place() + " was not unlocked",
                    "expected a PIN of at least 4 characters and at most 63 bytes, found another; it was not tried", "give the PIN of the security key"), null);
        }
        return given;
    }

    private long left() {
        try {
            return client.retries().left();
        } catch (CtapException _) {
            return -1; // the wrong PIN is what matters
        }
    }

    private void forget() {
        if (pin != null) {
            pin.close();
            pin = null;
        }
    }

    @Override
    public void close() {
        forget();
    }
}
