package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.key.KeyException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The login of one token: opened when somebody needs it, looked at when there is a doubt, given up when it is lost, and opened anew.
/// Thread-safe; one caller opens while the others wait.
final class TokenAccess {
    /// How long a person may take to enter a PIN on the token itself.
    static final Duration PROTECTED_PATH = Duration.ofMinutes(2);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final TokenModule module;
    private final TokenIdentity identity;
    private final Lanes lanes;
    private final PinMemory pins;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable LoginEpoch epoch;
    private boolean lostBefore;

    TokenAccess(TokenModule module, TokenIdentity identity, Lanes lanes) {
        this.module = module;
        this.identity = identity;
        this.lanes = lanes;
        this.pins = PinMemory.of(identity);
    }

    /// What is known of the token's PIN.
    PinMemory pins() {
        return pins;
    }

    private String label() {
        return identity.label();
    }

    /// The epoch to work in, and whether this call opened it.
    record Usable(LoginEpoch epoch, boolean fresh) {}

    /// What to work in; opened first where that is needed, which may ask for the PIN.
    ///
    /// @throws CkException when the token refuses
    /// @throws KeyException when it can't be opened, or the time is over
    Usable usable(PinDesk desk, Deadline deadline) throws CkException, KeyException {
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

    /// Ends the login, unless somebody has come meanwhile. Waits a few seconds at most for the token.
    ///
    /// @param unused asked once nobody can open anything: whether the login is to end; before it says so it calls [#forget]
    /// @param afterwards told whether it was ended: false when the token hangs, and its sessions were left to it
    void endIf(BooleanSupplier unused, Consumer<Boolean> afterwards) {
        opening.lock(); // whoever comes meanwhile waits here before it opens anything
        try {
            LoginEpoch last = epoch;
            if (unused.getAsBoolean()) {
                afterwards.accept(end(last));
            }
        } finally {
            opening.unlock();
        }
    }

    /// From now on nobody works in the login that was there.
    void forget() {
        epoch = null;
        pins.loggedOut();
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
}
