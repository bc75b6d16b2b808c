package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.key.KeyException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One token in one module, as this process uses it: logged in once for all keys that are open, with a bounded number of sessions, and
/// opened anew after it was lost. Thread-safe.
///
/// Keys share it by [#acquire] and [#release]; with the last one it logs out.
final class TokenConnection {
    private static final Map<Place, TokenConnection> OPEN = new HashMap<>();

    private final TokenModule module;
    private final TokenIdentity identity;
    private final Lanes lanes;
    private final TokenAccess access;
    private int users;

    private TokenConnection(TokenModule module, TokenIdentity identity, int lanes) {
        this.module = module;
        this.identity = identity;
        this.lanes = new Lanes(lanes);
        this.access = new TokenAccess(module, identity, this.lanes);
    }

    /// A token as one module reaches it: the same file may run here and in a helper process.
    private record Place(TokenModule module, TokenIdentity token) {}

    /// The connection to a token, shared with all who use it. To be given back with [#release].
    static TokenConnection acquire(TokenModule module, TokenInfo token, int maxLanes) {
        synchronized (OPEN) {
            TokenConnection connection = OPEN.computeIfAbsent(new Place(module, TokenIdentity.of(module, token)),
                    place -> new TokenConnection(module, place.token(), TokenProfile.of(token).lanes(token, maxLanes)));
            connection.users++;
            return connection;
        }
    }

    /// Gives it back; the last to do so logs out, which is waited for a few seconds at most.
    void release() {
        synchronized (OPEN) {
            if (--users > 0) {
                return;
            }
        }
        access.endIf(this::forgottenByAll, ended -> {
            synchronized (OPEN) {
                if (users == 0 || !ended) { // whoever comes after a hang starts with threads of their own
                    OPEN.remove(new Place(module, identity), this);
                }
            }
        });
    }

    private boolean forgottenByAll() {
        synchronized (OPEN) {
            if (users > 0) {
                return false;
            }
            access.forget();
            return true;
        }
    }

    /// What the token is called in messages.
    String label() {
        return identity.label();
    }

    TokenModule module() {
        return module;
    }

    /// Work in a logged-in session.
    @FunctionalInterface
    interface SessionWork<T> {
        /// Works.
        ///
        /// @param epoch what was opened: handles are good within it
        T run(Session session, LoginEpoch epoch) throws CkException, KeyException;
    }

    /// Runs work in a session of its own for that long. Logs in first where that is needed, which may ask for the PIN.
    ///
    /// When the token reports a loss, this call fails, unless it says that nothing was signed yet, and the next call opens anew what was
    /// lost.
    ///
    /// @throws CkException when the token refuses
    /// @throws KeyException when the token can't be opened, or the time is over
    <T> T run(PinDesk desk, Duration allowed, SessionWork<T> work) throws CkException, KeyException {
        Deadline deadline = Deadline.in(allowed);
        try {
            return once(access.usable(desk, deadline), deadline, work);
        } catch (BeforeSigning e) {
            if (desk.access().limitedUse() && e.reported().function().equals("C_SignInit")) {
                throw e.reported(); // the key was asked, whatever the token says became of it
            }
            try {
                return once(access.usable(desk, deadline), deadline, work);
            } catch (BeforeSigning again) {
                throw again.reported();
            }
        }
    }

    /// A loss that was noticed before anything was signed: beginning again is safe.
    static final class BeforeSigning extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient CkException reported;

        BeforeSigning(CkException reported) {
            super(reported);
            this.reported = reported;
        }

        CkException reported() {
            return reported;
        }

        /// Throws it as it is, or as one of these when it is a loss.
        static void orAsItIs(CkException e) throws CkException {
            if (e.isLoss()) {
                throw new BeforeSigning(e);
            }
            throw e;
        }
    }

    private <T> T once(TokenAccess.Usable usable, Deadline deadline, SessionWork<T> work) throws CkException, KeyException {
        LoginEpoch current = usable.epoch();
        return lanes.run(label(), usable.fresh() ? deadline.anew() : deadline, () -> module.use(() -> {
            @Nullable CkException failure = null;
            @Nullable Session session = null;
            try {
                if (!current.isCurrent()) { // finalised since the caller looked: its handles may mean anything by now
                    throw new BeforeSigning(new CkException("C_OpenSession", Ckr.CRYPTOKI_NOT_INITIALIZED.value()));
                }
                session = current.take();
                return work.run(session, current);
            } catch (BeforeSigning e) {
                failure = e.reported();
                throw e;
            } catch (CkException e) {
                failure = e;
                if (session == null) {
                    BeforeSigning.orAsItIs(e);
                }
                throw e;
            } finally {
                current.ended(failure);
                if (session != null) {
                    current.giveBack(session, failure == null); // an operation may still be active in it
                }
            }
        }));
    }

    /// Asks for the PIN and checks that it is the one this token is logged in with: whoever opens a key knows its PIN, though the token
    /// would let them in without.
    ///
    /// @throws KeyException when there is no PIN or it is another
    void admit(PinDesk desk, Duration allowed) throws CkException, KeyException {
        TokenAccess.Usable usable = access.usable(desk, Deadline.in(allowed));
        if (usable.fresh() || !access.pins().knows()) {
            return; // this caller's PIN is the one it was opened with just now, or there is none
        }
        TokenInfo token = usable.epoch().token();
        try (Pin pin = desk.ask(token)) {
            PinDesk.checkLength(token, pin);
            access.pins().check(pin, token);
        }
    }

    /// What the token says of itself now, when a PIN may be given to it once more.
    ///
    /// @throws KeyException when the next wrong PIN would lock it, or it is locked
    TokenInfo checkedBeforeLogin(PinDesk desk, Duration allowed) throws CkException, KeyException {
        Deadline deadline = Deadline.in(allowed);
        long slot = access.usable(desk, deadline).epoch().token().slot();
        TokenInfo token = lanes.run(label(), deadline, () -> module.use(() -> module.cryptoki().token(slot)));
        TokenLogin.check(token, desk.access().finalTryConfirmed());
        return token;
    }

    /// What is known of the token's PIN.
    PinMemory pins() {
        return access.pins();
    }
}
