package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.secret.Pin;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The time between a login and its loss: the sessions that were opened in it, and the handles found in them, are good until then.
final class LoginEpoch {
    /// So many failures in a row that may or may not mean a loss are taken for one.
    private static final int MAX_FAILURES_IN_A_ROW = 3;

    private final TokenModule module;
    private final TokenInfo token;
    private final TokenModule.Running running;
    private final Session anchor;
    private final boolean loggedIn;
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore anchorFree = new Semaphore(1, true);
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private volatile boolean anchorEnded;
    private volatile boolean suspect;
    private volatile boolean lost;

    private LoginEpoch(TokenModule module, TokenInfo token, TokenModule.Running running, Session anchor, boolean loggedIn) {
        this.module = module;
        this.token = token;
        this.running = running;
        this.anchor = anchor;
        this.loggedIn = loggedIn;
    }

    /// Opens a session, which holds the login open, and logs in where that is needed.
    ///
    /// @param pinOrNull null where none is needed or it is entered on the token itself
    /// @param proven whether the token has accepted this PIN before, for a login that was not ended
    static LoginEpoch open(TokenModule module, TokenInfo token, TokenModule.Running running, @Nullable Pin pinOrNull, boolean proven) throws CkException {
        Session anchor = running.cryptoki().open(token.slot(), false);
        boolean login = token.has(Ck.CKF_LOGIN_REQUIRED);
        boolean opened = false;
        try {
            if (login) {
                login(anchor, pinOrNull, proven);
            }
            opened = true;
            return new LoginEpoch(module, token, running, anchor, login);
        } finally {
            if (!opened) {
                anchor.closeQuietly();
            }
        }
    }

    /// A login that is there already proves nothing about a PIN that was never tried. It is ended, so that the token judges the PIN; who held
    /// it logs in anew.
    private static void login(Session session, @Nullable Pin pinOrNull, boolean proven) throws CkException {
        try {
            session.login(pinOrNull);
        } catch (CkException e) {
            if (!e.is(Ckr.USER_ALREADY_LOGGED_IN)) {
                throw e;
            }
            if (!proven) {
                logoutQuietly(session);
                session.login(pinOrNull);
            }
        }
    }

    /// Whether the token wanted a login.
    boolean isLoggedIn() {
        return loggedIn;
    }

    TokenInfo token() {
        return token;
    }

    /// A new session of this login's module, for work that needs one of its own.
    Session open(boolean writing) throws CkException {
        return running.cryptoki().open(token.slot(), writing);
    }

    /// Whether the module is still the one that was logged in to.
    boolean isCurrent() {
        return module.isCurrent(running);
    }

    boolean isGood() {
        return !lost && !suspect && isCurrent();
    }

    /// Whether a doubt should be cleared up with [#probe].
    boolean isSuspect() {
        return suspect && !lost && isCurrent();
    }

    /// Takes note of how a call ended.
    void ended(@Nullable CkException failure) {
        if (failure == null) {
            failuresInARow.setPlain(0);
        } else if (failure.isLoss()) {
            if (failuresInARow.incrementAndGet() >= MAX_FAILURES_IN_A_ROW) {
                lost = true;
            }
            suspect = true;
        }
    }

    /// Clears up a doubt: either the login still holds, and the idle sessions are given up in case one of them was the cause, or it is lost.
    void probe() {
        if (anchor.isAlive(loggedIn)) {
            closeIdle();
            suspect = false;
        } else {
            lost = true;
        }
    }

    /// A session for one call. Where the token has no more, the one that holds the login serves one caller after another.
    Session take() throws CkException {
        Session session = idle.pollFirst();
        if (session != null) {
            return session;
        }
        try {
            return open(false);
        } catch (CkException e) {
            if (!e.is(Ckr.SESSION_COUNT)) {
                throw e;
            }
            return takeAnchor();
        }
    }

    private Session takeAnchor() throws CkException {
        anchorFree.acquireUninterruptibly();
        if (anchorEnded) { // the login was given up while this caller waited
            anchorFree.release();
            throw new CkException("C_OpenSession", Ckr.SESSION_HANDLE_INVALID.value());
        }
        return anchor;
    }

    /// Takes a session back, or ends it when it isn't sound.
    @SuppressWarnings("ReferenceEquality") // which of the sessions it is, not what it is like
    void giveBack(Session session, boolean sound) {
        if (session == anchor) {
            if (lost) {
                endAnchor();
            }
            anchorFree.release();
        } else if (sound && isGood()) {
            idle.addFirst(session);
        } else if (isCurrent()) {
            session.closeQuietly();
        }
    }

    /// Gives up what was lost, for another login to follow. Calls of others may be under way in it, so that it doesn't log out: on a token
    /// whose login holds after all they come back soundly.
    void abandon() {
        lost = true;
        if (isCurrent()) {
            closeIdle();
            if (anchorFree.tryAcquire()) { // else who has it ends it
                endAnchor();
                anchorFree.release();
            }
        }
    }

    /// For who holds the permit.
    private void endAnchor() {
        if (!anchorEnded) {
            anchorEnded = true;
            if (isCurrent()) {
                anchor.closeQuietly();
            }
        }
    }

    /// Ends the idle sessions and the login, when nobody uses it any more.
    void close() {
        lost = true;
        if (!isCurrent()) {
            return; // they ended with the module's C_Finalize, and the numbers may mean others by now
        }
        closeIdle();
        if (loggedIn) {
            logoutQuietly(anchor);
        }
        anchor.closeQuietly();
    }

    private static void logoutQuietly(Session session) {
        try {
            session.logout();
        } catch (CkException e) {
            // The login is gone already.
        }
    }

    private void closeIdle() {
        for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            session.closeQuietly();
        }
    }
}
