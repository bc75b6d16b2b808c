package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import java.util.List;

/// Opens tokens and finds keys in them, with the errors that users see.
///
/// @param lanes how many calls a token gets at the same time at most
record KeyOpener(PublicHalves halves, int lanes) {
    /// Work with an opened token.
    @FunctionalInterface
    interface TokenWork<T> {
        T run(TokenConnection connection, PinDesk desk) throws CkException, KeyException;
    }

    /// Opens a token, works, and gives it back.
    <T> T with(Tokens.Place place, Pkcs11KeyRef ref, KeyAccess access, TokenWork<T> work) throws KeyException {
        TokenConnection connection = TokenConnection.acquire(place.module(), place.token(), lanes);
        try {
            return opened(connection, place, ref, access, work);
        } finally {
            connection.release();
        }
    }

    /// Opens a token that the work takes over; gives it back when the work fails.
    <T> T keeping(Tokens.Place place, Pkcs11KeyRef ref, KeyAccess access, TokenWork<T> work) throws KeyException {
        TokenConnection connection = TokenConnection.acquire(place.module(), place.token(), lanes);
        boolean kept = false;
        try {
            T result = opened(connection, place, ref, access, work);
            kept = true;
            return result;
        } finally {
            if (!kept) {
                connection.release();
            }
        }
    }

    private static <T> T opened(TokenConnection connection, Tokens.Place place, Pkcs11KeyRef ref, KeyAccess access, TokenWork<T> work)
            throws KeyException {
        PinDesk desk = new PinDesk(ref, access);
        try {
            connection.admit(desk, access.deadline());
            return work.run(connection, desk);
        } catch (CkException e) {
            throw TokenErrors.of("the token " + place.token().label(), e);
        }
    }

    /// The one key that the desk's reference names.
    ///
    /// @throws KeyException.NotOne when there is none or more than one; with what is there
    TokenKey only(TokenConnection connection, PinDesk desk) throws CkException, KeyException {
        return connection.run(desk, desk.access().deadline(), (session, epoch) -> {
            List<TokenKey> found = TokenKey.read(session, epoch, connection.module(), desk.ref(), halves);
            List<TokenKey> present = found.isEmpty() ? TokenKey.read(session, epoch, connection.module(), any(desk.ref()), halves) : found;
            return TokenKey.only(found, epoch.token().label(), present);
        });
    }

    private static Pkcs11KeyRef any(Pkcs11KeyRef ref) {
        return new Pkcs11KeyRef(ref.text(), null, null, null, null, null, null, null, null, null, null);
    }
}
