package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The binding alone, as the adapter uses it: C_SignInit and C_Sign in a session, without deadline, lanes or recovery. It stands in the
/// adapter's package to reach what nobody else may.
public final class BareSession {
    private final Session session;
    private final long key;

    private BareSession(Session session, long key) {
        this.session = session;
        this.key = key;
    }

    /// Sessions with a token that is logged in once.
    ///
    /// @throws IllegalStateException when the token or the key isn't there, or refuses
    public static List<BareSession> open(int count, Path module, String tokenLabel, String keyLabel, Pin pin) {
        try {
            NativeCryptoki cryptoki = NativeCryptoki.load(module, null);
            cryptoki.initialize();
            long slot = cryptoki.tokens().stream().filter(token -> token.label().equals(tokenLabel)).findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no token " + tokenLabel)).slot();
            List<BareSession> opened = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Session session = cryptoki.open(slot, false);
                if (i == 0) {
                    login(session, pin);
                }
                List<Long> keys = session.find(new Template().with(Ck.CKA_CLASS, Ck.CKO_PRIVATE_KEY)
                        .with(Ck.CKA_LABEL, Bytes.ofUtf8(keyLabel)));
                if (keys.size() != 1) {
                    throw new IllegalStateException("there are " + keys.size() + " keys " + keyLabel);
                }
                opened.add(new BareSession(session, keys.getFirst()));
            }
            return opened;
        } catch (CkException e) {
            throw new IllegalStateException("the token refuses", e);
        }
    }

    private static void login(Session session, Pin pin) throws CkException {
        try {
            session.login(pin);
        } catch (CkException e) {
            if (!e.is(Ckr.USER_ALREADY_LOGGED_IN)) {
                throw e;
            }
        }
    }

    /// One signature, as the token returns it. For one thread at a time.
    public Bytes sign(Bytes digest) {
        try {
            return session.sign(Mechanism.of(dev.chancery.domain.signing.SignatureAlgorithm.ECDSA_P256_SHA_256).orElseThrow(), key, digest);
        } catch (CkException e) {
            throw new IllegalStateException("the token refuses", e);
        }
    }
}
