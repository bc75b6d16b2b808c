package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Finding;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Keys in PKCS#11 tokens, with or without certificates, reached through java.lang.foreign.
///
/// A module is loaded and initialised once in a process; a token is logged in once for all keys that are open in it. After a token was
/// lost, the next call opens it anew, for which the PIN is asked for again and used only if it is the one the token accepted before.
public final class Pkcs11Backend implements KeyBackend {
    private final Tokens tokens;
    private final KeyOpener opener;

    /// @param decoder reads the public keys that certificates and tokens give in DER
    public Pkcs11Backend(Pkcs11Settings settings, PublicKeyDecoder decoder) {
        this.tokens = new Tokens(settings);
        this.opener = new KeyOpener(new PublicHalves(decoder), settings.lanes());
    }

    @Override
    public boolean accepts(KeyRef ref) {
        return ref instanceof Pkcs11KeyRef;
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        Pkcs11KeyRef wanted = (Pkcs11KeyRef) ref;
        Tokens.Place place = tokens.find(wanted, access.deadline());
        Set<Long> mechanisms = Tokens.mechanisms(place, Ck.CKF_SIGN, access.deadline());
        return opener.keeping(place, wanted, access, (connection, desk) -> {
            TokenKey key = opener.only(connection, desk);
            if (!key.signs()) {
                throw new KeyException.MayNotSign(new Problem(ErrorCode.KEY_MAY_NOT_SIGN, "the key " + key.uri() + " was not opened",
                        "it was made without CKA_SIGN", "use a key that was made for signing"), null);
            }
            if (key.contradictionOrNull() != null) {
                throw new KeyException.BackendUnusable(new Problem(ErrorCode.EXPECTED_KEY_MISMATCH, "the key " + key.uri() + " was not opened",
                        key.contradictionOrNull(), "find out who changed the token; one id must belong to one key pair"), null);
            }
            Set<SignatureAlgorithm> algorithms = key.algorithms(mechanisms);
            if (algorithms.isEmpty()) {
                throw new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED,
                        "the key " + key.uri() + " was not opened", "the token has no mechanism that signs with such a key, or its kind is not used here",
                        "use another key: ECDSA P-256 is what every verifier takes"), null);
            }
            return new TokenSigningKey(connection, desk, key, algorithms);
        });
    }

    @Override
    public List<Finding> examine(KeyRef ref, Duration deadline, Instant now) throws KeyException {
        return new ModuleExamination(tokens).of((Pkcs11KeyRef) ref, deadline, now);
    }

    @Override
    public KeyCustodian custodian() {
        return new TokenCustodian(tokens, opener);
    }
}
