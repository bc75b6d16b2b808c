package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.ports.key.KeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what a token says of a key's past (PKCS#11 v3.1 §4.9, table 31).
final class TokenEvidence {
    private TokenEvidence() {}

    static KeyEvidence of(Session session, LoginEpoch epoch, TokenKey key) throws CkException, KeyException {
        long handle = key.locate(session, epoch.isLoggedIn());
        return new KeyEvidence(key.description(), claim(session, handle, Ck.CKA_LOCAL), claim(session, handle, Ck.CKA_ALWAYS_SENSITIVE),
                claim(session, handle, Ck.CKA_NEVER_EXTRACTABLE), device(epoch.token()), certificates(session, key.id()));
    }

    private static Claim claim(Session session, long handle, long attribute) throws CkException {
        Optional<Boolean> said = session.flag(handle, attribute);
        return said.map(yes -> yes ? Claim.YES : Claim.NO).orElse(Claim.NOT_SAID);
    }

    private static List<Fact> device(TokenInfo token) {
        return List.of(new Fact("token", token.label()), new Fact("manufacturer", token.manufacturer()), new Fact("model", token.model()),
                new Fact("serial", token.serial()), new Fact("hardware", token.hardwareVersion()), new Fact("firmware", token.firmwareVersion()));
    }

    /// Those with the key's CKA_ID; with an empty one nothing belongs to anything.
    static List<Bytes> certificates(Session session, Bytes id) throws CkException {
        List<Bytes> found = new ArrayList<>();
        if (id.size() > 0) {
            for (long object : session.find(new Template().with(Ck.CKA_CLASS, Ck.CKO_CERTIFICATE).with(Ck.CKA_ID, id))) {
                session.value(object, Ck.CKA_VALUE).filter(der -> der.size() > 0).ifPresent(found::add);
            }
        }
        return found;
    }
}
