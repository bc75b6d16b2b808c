package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.key.KeyException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One token in one module, as this process uses it: logged in once for all keys that are open, with a bounded number of sessions, and
/// opened anew after it was lost. Thread-safe.
///
/// Keys share it by [#acquire] and [#release]; with the last one it logs out.
final class TokenConnection {
    private static final Map<Place, TokenConnection> OPEN = new HashMap<>();
    /// How long a person may take to enter a PIN on the token itself.
    static final Duration PROTECTED_PATH = Duration.ofMinutes(2);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final TokenModule module;
    private final TokenIdentity identity;
    private final Lanes lanes;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable LoginEpoch epoch;
    private final PinMemory pins;
    private boolean lostBefore;
    private int users;

    private TokenConnection(TokenModule module, TokenIdentity identity, int lanes) {
        this.module = module;
        this.identity = identity;
        this.lanes = new Lanes(lanes);
        this.pins = PinMemory.of(identity);
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
        opening.lock(); // whoever acquires it meanwhile waits here before it opens anything
        try {
            LoginEpoch last;
            synchronized (OPEN) {
                if (users > 0) {
                    return;
                }
                last = epoch;
                epoch = null;
                pins.loggedOut();
            }
            boolean ended = end(last);
            synchronized (OPEN) {
                if (users == 0 || !ended) { // whoever comes after a hang starts with threads of their own
                    OPEN.remove(new Place(module, identity), this);
                }
            }
        } finally {
            opening.unlock();
        }
    }

    /// Ends what was opened. False when the token hangs, and its sessions were left to it.
    private boolean end(@Nullable LoginEpoch last) {
        if (lanes.isStuck()) {
            return false;
        }
        if (last == null) {
            return true;
        }
        try {
            lanes.run(label(), Deadline.in(CLOSING), () -> module.use(() -> {
                last.close();
                return true;
            }));
            return true;
        } catch (CkException | KeyException e) {
            return false;
        }
    }

    private void abandon(LoginEpoch lost, Deadline deadline) throws KeyException {
        if (lanes.isStuck()) {
            return; // its sessions are left to it
        }
        try {
            lanes.run(label(), deadline, () -> module.use(() -> {
                lost.abandon();
                return true;
            }));
        } catch (CkException e) {
            throw new IllegalStateException("nothing of it is reported", e);
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
            return once(usable(desk, deadline), deadline, work);
        } catch (BeforeSigning e) {
            try {
                return once(usable(desk, deadline), deadline, work);
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

    private <T> T once(Usable usable, Deadline deadline, SessionWork<T> work) throws CkException, KeyException {
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

    /// The epoch to work in, and whether this call opened it.
    private record Usable(LoginEpoch epoch, boolean fresh) {}

    private Usable usable(PinDesk desk, Deadline deadline) throws CkException, KeyException {
        LoginEpoch current = epoch;
        if (current != null && current.isGood()) {
            return new Usable(current, false);
        }
        await(deadline);
        try {
            LoginEpoch doubtful = epoch;
            if (doubtful != null && doubtful.isSuspect()) {
                lanes.run(label(), deadline, () -> module.use(() -> {
                    doubtful.probe();
                    return true;
                }));
            }
            if (doubtful != null && doubtful.isGood()) {
                return new Usable(doubtful, false);
            }
            if (doubtful != null) {
                epoch = null;
                abandon(doubtful, deadline);
                lostBefore = true;
            }
            LoginEpoch opened = open(desk, deadline);
            epoch = opened;
            lostBefore = false;
            return new Usable(opened, true);
        } finally {
            opening.unlock();
        }
    }

    private void await(Deadline deadline) throws KeyException {
        try {
            if (opening.tryLock(deadline.left(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new KeyException.DeadlineExceeded(new Problem(ErrorCode.KEY_DEADLINE, "the token " + label() + " was not opened",
                "another caller has been opening it for longer than " + deadline.text(), "try again"), null);
    }

    private LoginEpoch open(PinDesk desk, Deadline deadline) throws CkException, KeyException {
        TokenModule.Running seen = module.running();
        try {
            return login(desk, deadline, seen);
        } catch (CkException e) { // one that C_Login returned may hide a wrong PIN, which isn't given twice
            if (!e.isLoss() || e.function().equals("C_Login") || !revived(seen.generation(), deadline)) {
                throw e;
            }
        } catch (KeyException.NotOne e) {
            if (!revived(seen.generation(), deadline)) {
                throw e;
            }
        }
        return login(desk, deadline, module.running());
    }

    /// A client library whose connection was cut may need to begin anew as a whole. Only after a loss: a token that was never there
    /// doesn't come from it.
    private boolean revived(long seen, Deadline deadline) throws CkException, KeyException {
        return lostBefore && !lanes.isStuck() && lanes.run(label(), deadline, () -> module.reinitialize(seen));
    }

    /// Opens the first session and logs in: one attempt, and only with a PIN that this token has not refused in this process.
    private LoginEpoch login(PinDesk desk, Deadline deadline, TokenModule.Running running) throws CkException, KeyException {
        TokenInfo token = lanes.run(label(), deadline, () -> module.use(() -> present(running)));
        TokenLogin.check(token, desk.access().finalTryConfirmed());
        if (!token.has(Ck.CKF_LOGIN_REQUIRED)) {
            return lanes.run(label(), deadline, () -> module.use(() -> LoginEpoch.open(module, token, running, null, false)));
        }
        if (token.has(Ck.CKF_PROTECTED_AUTHENTICATION_PATH)) { // the PIN is entered on the token: no deadline hurries a person
            return lanes.run(label(), Deadline.in(PROTECTED_PATH), () -> module.use(() -> LoginEpoch.open(module, token, running, null, false)));
        }
        try (Pin pin = desk.ask(token)) {
            PinDesk.checkLength(token, pin);
            pins.check(pin, token);
            Deadline afterwards = deadline.anew(); // a person may have been asked
            try {
                LoginEpoch opened = lanes.run(label(), afterwards,
                        () -> module.use(() -> LoginEpoch.open(module, token, running, pin, pins.knows())));
                pins.accepted(pin);
                return opened;
            } catch (CkException e) {
                if (TokenLogin.isWrongPin(e)) {
                    pins.refused(pin);
                    throw TokenLogin.wrong(lanes.run(label(), afterwards, () -> module.use(() -> running.cryptoki().token(token.slot()))), e);
                }
                throw e;
            }
        }
    }

    private TokenInfo present(TokenModule.Running running) throws CkException, KeyException {
        List<TokenInfo> all = running.cryptoki().tokens();
        return all.stream().filter(identity::is).findFirst().orElseThrow(() -> new KeyException.NotOne(new Problem(ErrorCode.TOKEN_LOST,
                "the token " + label() + " was not opened", "it was there before and is not there any more",
                "put it back or mend its connection; the next call will find it again"),
                all.stream().map(TokenInfo::display).toList()));
    }

    /// Asks for the PIN and checks that it is the one this token is logged in with: whoever opens a key knows its PIN, though the token
    /// would let them in without.
    ///
    /// @throws KeyException when there is no PIN or it is another
    void admit(PinDesk desk, Duration allowed) throws CkException, KeyException {
        Usable usable = usable(desk, Deadline.in(allowed));
        if (usable.fresh() || !pins.knows()) {
            return; // this caller's PIN is the one it was opened with just now, or there is none
        }
        TokenInfo token = usable.epoch().token();
        try (Pin pin = desk.ask(token)) {
            PinDesk.checkLength(token, pin);
            pins.check(pin, token);
        }
    }

    /// What the token says of itself now, when a PIN may be given to it once more.
    ///
    /// @throws KeyException when the next wrong PIN would lock it, or it is locked
    TokenInfo checkedBeforeLogin(PinDesk desk, Duration allowed) throws CkException, KeyException {
        Deadline deadline = Deadline.in(allowed);
        long slot = usable(desk, deadline).epoch().token().slot();
        TokenInfo token = lanes.run(label(), deadline, () -> module.use(() -> module.cryptoki().token(slot)));
        TokenLogin.check(token, desk.access().finalTryConfirmed());
        return token;
    }

    /// What is known of the token's PIN.
    PinMemory pins() {
        return pins;
    }
}
