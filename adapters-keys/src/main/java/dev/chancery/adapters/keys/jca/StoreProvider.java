package dev.chancery.adapters.keys.jca;

import java.security.AuthProvider;
import java.security.Provider;
import javax.security.auth.login.LoginException;

/// A provider that a store has made, and how many use it. While one is using it a token stays logged in, and SunPKCS11 looks at no
/// further PIN; when the last one is done it is logged out, so that the next PIN is looked at.
final class StoreProvider {
    private final Provider provider;
    private int users;

    StoreProvider(Provider provider) {
        this.provider = provider;
    }

    Provider provider() {
        return provider;
    }

    /// Begins to use it, until the result is closed. Closing twice is nothing.
    synchronized Use use() {
        users++;
        return new Use();
    }

    private synchronized void done() {
        users--;
        if (users == 0 && provider instanceof AuthProvider token) {
            try {
                token.logout();
            } catch (LoginException e) {
                // It wasn't logged in, or the token is gone: either way there is no login left to end.
            }
        }
    }

    /// One use.
    final class Use implements AutoCloseable {
        private boolean closed;

        private Use() {}

        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            done();
        }
    }
}
