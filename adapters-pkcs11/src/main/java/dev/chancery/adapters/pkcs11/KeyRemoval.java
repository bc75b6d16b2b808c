package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyId;
import dev.chancery.ports.key.KeyException;

/// Takes a key pair off a token, when it is surely the one that is meant.
final class KeyRemoval {
    private KeyRemoval() {}

    /// That the key has the id that was confirmed.
    static void check(TokenKey key, KeyId confirmed) throws KeyException {
        ExpectedKey expected = key.publicKeyOrNull();
        if (expected == null) {
            String why = key.contradictionOrNull();
            throw new KeyException.BackendUnusable(new Problem(ErrorCode.EXPECTED_KEY_UNKNOWN, "the key " + key.uri() + " was not destroyed",
                    why == null ? "nothing on the token tells its public half, so its id cannot be compared" : why,
                    "remove it with the token's own tool, if it is really the one"), null);
        }
        if (!expected.key().id().equals(confirmed)) {
            throw new KeyException.BackendUnusable(new Problem(ErrorCode.EXPECTED_KEY_MISMATCH, "the key " + key.uri() + " was not destroyed",
                    "its id is " + expected.key().id().hex() + ", and " + confirmed.hex() + " was confirmed",
                    "compare the ids; confirm the full id of the key that is meant"), null);
        }
    }

    /// Removes the private half, then the public key objects with its id and label.
    ///
    /// @return how many objects were removed
    static int remove(Session session, boolean loggedIn, TokenKey key) throws CkException, KeyException {
        session.destroy(key.locate(session, loggedIn));
        int removed = 1;
        if (key.id().size() > 0) {
            for (long object : session.find(new Template().with(Ck.CKA_CLASS, Ck.CKO_PUBLIC_KEY).with(Ck.CKA_ID, key.id())
                    .with(Ck.CKA_LABEL, Bytes.ofUtf8(key.label())))) {
                session.destroy(object);
                removed++;
            }
        }
        return removed;
    }
}
