package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Generates, lists and describes the keys of tokens. A PIN is asked for where the token wants one, since private keys are hidden without.
final class TokenCustodian implements KeyCustodian {
    private final Tokens tokens;
    private final KeyOpener opener;

    TokenCustodian(Tokens tokens, KeyOpener opener) {
        this.tokens = tokens;
        this.opener = opener;
    }

    @Override
    public Set<KeySpec> generatable(KeyRef ref) {
        try {
            Tokens.Place place = tokens.find((Pkcs11KeyRef) ref, KeyAccess.DEFAULT_DEADLINE);
            return TokenProfile.makesKeys(Tokens.describe(place, KeyAccess.DEFAULT_DEADLINE))
                    ? TokenKeyMaker.possible(Tokens.mechanisms(place, Ck.CKF_GENERATE_KEY_PAIR, KeyAccess.DEFAULT_DEADLINE)) : EnumSet.noneOf(KeySpec.class);
        } catch (KeyException e) {
            return EnumSet.noneOf(KeySpec.class); // what it can't be asked, it can't make
        }
    }

    @Override
    public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
        Pkcs11KeyRef wanted = (Pkcs11KeyRef) ref;
        String label = wanted.object().filter(text -> !text.isEmpty()).orElseThrow(() -> new KeyException.NotOne(new Problem(
                ErrorCode.KEY_URI_MALFORMED, "no key was made", "the URI gives the new key no name", "add object=NAME to it"), List.of()));
        Tokens.Place place = tokens.find(wanted, access.deadline());
        if (!TokenProfile.makesKeys(Tokens.describe(place, access.deadline()))) {
            throw new KeyException.Unsupported("no key was made in the token " + place.token().label(),
                    "make it with the tools of its module, for a TPM tpm2_ptool addkey; docs/known-issues.md says what is known of tokens");
        }
        if (!TokenKeyMaker.possible(Tokens.mechanisms(place, Ck.CKF_GENERATE_KEY_PAIR, access.deadline())).contains(generation.spec())) {
            throw new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, "no key was made",
                    "the token " + place.token().label() + " cannot make " + generation.spec().cliName() + " keys",
                    "see chancery key generate --help for the other kinds"), null);
        }
        return opener.with(place, wanted, access, (connection, desk) -> {
            Bytes id = connection.run(desk, access.deadline(), (session, epoch) -> make(epoch, generation.spec(), label, wanted.id()));
            List<TokenKey> made = connection.run(desk, access.deadline(), (session, epoch) ->
                    TokenKey.read(session, epoch, connection.module(), named(wanted, label, id), opener.halves()));
            return TokenKey.only(made, place.token().label(), made).description();
        });
    }

    private static Bytes make(LoginEpoch epoch, KeySpec spec, String label, Optional<Bytes> id)
            throws CkException, KeyException {
        Session writing = epoch.open(true);
        try {
            if (!writing.find(new Template().with(Ck.CKA_CLASS, Ck.CKO_PRIVATE_KEY).with(Ck.CKA_LABEL, Bytes.ofUtf8(label))).isEmpty()) {
                throw exists("the token " + epoch.token().label() + " has a private key called " + label);
            }
            if (id.isPresent() && !writing.find(new Template().with(Ck.CKA_CLASS, Ck.CKO_PRIVATE_KEY).with(Ck.CKA_ID, id.get())).isEmpty()) {
                throw exists("the token " + epoch.token().label() + " has a private key with id " + id.get().toHex());
            }
            return TokenKeyMaker.make(writing, spec, label, id);
        } finally {
            writing.closeQuietly();
        }
    }

    private static KeyException.Exists exists(String why) {
        return new KeyException.Exists(new Problem(ErrorCode.KEY_EXISTS, "no key was made", why, "choose another name with object="));
    }

    private static Pkcs11KeyRef named(Pkcs11KeyRef ref, String label, Bytes id) {
        return new Pkcs11KeyRef(ref.text(), ref.tokenOrNull(), ref.manufacturerOrNull(), ref.modelOrNull(), ref.serialOrNull(),
                ref.slotIdOrNull(), label, id, ref.typeOrNull(), ref.modulePathOrNull(), ref.pinSourceOrNull());
    }

    @Override
    public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
        Pkcs11KeyRef wanted = (Pkcs11KeyRef) ref;
        List<Tokens.Place> places = tokens.findAll(wanted, access.deadline());
        if (places.size() > 1) {
            return VisibleKeys.of(places, wanted, opener.halves(), access.deadline());
        }
        Tokens.Place place = places.getFirst();
        List<TokenKey> keys = opener.with(place, wanted, access, (connection, desk) -> connection.run(desk, access.deadline(),
                (session, epoch) -> TokenKey.read(session, epoch, connection.module(), wanted, opener.halves())));
        return keys.stream().map(TokenKey::description).toList();
    }

    @Override
    public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
        Pkcs11KeyRef wanted = (Pkcs11KeyRef) ref;
        Tokens.Place place = tokens.find(wanted, access.deadline());
        return opener.with(place, wanted, access, (connection, desk) -> opener.only(connection, desk)).description();
    }

    @Override
    public KeyEvidence evidence(KeyRef ref, KeyAccess access) throws KeyException {
        Pkcs11KeyRef wanted = (Pkcs11KeyRef) ref;
        Tokens.Place place = tokens.find(wanted, access.deadline());
        return opener.with(place, wanted, access, (connection, desk) -> {
            TokenKey key = opener.only(connection, desk);
            return connection.run(desk, access.deadline(), (session, epoch) -> TokenEvidence.of(session, epoch, key));
        });
    }

    @Override
    public void destroy(KeyRef ref, KeyId confirmed, KeyAccess access) throws KeyException {
        Pkcs11KeyRef wanted = (Pkcs11KeyRef) ref;
        Tokens.Place place = tokens.find(wanted, access.deadline());
        opener.with(place, wanted, access, (connection, desk) -> {
            TokenKey key = opener.only(connection, desk);
            KeyRemoval.check(key, confirmed);
            return connection.run(desk, access.deadline(), (session, epoch) -> {
                Session writing = epoch.open(true);
                try {
                    return KeyRemoval.remove(writing, epoch.isLoggedIn(), key);
                } finally {
                    writing.closeQuietly();
                }
            });
        });
    }
}
