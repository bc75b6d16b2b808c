package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.key.KeyException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What this process knows of one token's PIN without keeping it: which one it accepted for the login that is open, and which ones it ever
/// refused. Thread-safe.
final class PinMemory {
    /// As long as the process lives, however often the token is opened and given up.
    private static final Map<TokenIdentity, PinMemory> OF_TOKENS = new ConcurrentHashMap<>();

    private final Set<Bytes> refused = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Bytes accepted;

    private PinMemory() {}

    /// What is known of one token.
    static PinMemory of(TokenIdentity token) {
        return OF_TOKENS.computeIfAbsent(token, _ -> new PinMemory());
    }

    /// The token took it.
    void accepted(Pin pin) {
        Bytes mark = PinMark.of(pin);
        accepted = mark;
        refused.remove(mark); // the security officer has set it since
    }

    /// The token refused it.
    void refused(Pin pin) {
        refused.add(PinMark.of(pin));
    }

    /// The login is over: the next one may be with another PIN.
    void loggedOut() {
        accepted = null;
    }

    /// Whether a login is open for which a PIN was given.
    boolean knows() {
        return accepted != null;
    }

    /// Refuses a PIN that the token is known not to have, without trying it.
    ///
    /// @throws KeyException.PinWrong when it was refused before, or another was accepted
    void check(Pin pin, TokenInfo token) throws KeyException {
        Bytes mark = PinMark.of(pin);
        Bytes right = accepted;
        if (refused.contains(mark) || right != null && !mark.equals(right)) {
            throw TokenLogin.notTried(token);
        }
    }
}
