package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A private key object of a token, read once.
///
/// @param label CKA_LABEL; may be empty
/// @param id CKA_ID; may be empty
/// @param publicKeyOrNull its public half, where something on the token tells it
/// @param contradictionOrNull how two places on the token tell different public halves; such a key isn't opened
/// @param ofKind what keys of its kind sign with, as far as the private half tells
/// @param signs CKA_SIGN
/// @param alwaysAuthenticates CKA_ALWAYS_AUTHENTICATE: the PIN is wanted for each signature
record TokenKey(String uri, String label, Bytes id, @Nullable ExpectedKey publicKeyOrNull, @Nullable String contradictionOrNull,
        List<SignatureAlgorithm> ofKind, boolean signs, boolean alwaysAuthenticates, List<Fact> facts) {
    /// Reads the keys that a reference matches, in the token's order.
    static List<TokenKey> read(Session session, LoginEpoch epoch, TokenModule module, Pkcs11KeyRef ref, PublicHalves halves)
            throws CkException {
        List<TokenKey> keys = new ArrayList<>();
        for (long handle : find(session, ref)) {
            keys.add(read(session, handle, epoch.token(), module, halves));
        }
        return keys;
    }

    /// The handles of the private keys that a reference matches.
    static List<Long> find(Session session, Pkcs11KeyRef ref) throws CkException {
        Template template = new Template().with(Ck.CKA_CLASS, Ck.CKO_PRIVATE_KEY);
        ref.object().ifPresent(label -> template.with(Ck.CKA_LABEL, Bytes.ofUtf8(label)));
        ref.id().ifPresent(id -> template.with(Ck.CKA_ID, id));
        return session.find(template);
    }

    /// The key's handle in the login that the session belongs to. Found by label and id together: the public half was compared when the
    /// key was read, and each signature is verified with it, so that an exchanged key can't sign unnoticed.
    ///
    /// @param loggedIn whether the session should be logged in
    /// @throws KeyException.NotOne when another program has changed the token meanwhile
    long locate(Session session, boolean loggedIn) throws CkException, KeyException {
        Template template = new Template().with(Ck.CKA_CLASS, Ck.CKO_PRIVATE_KEY);
        if (!label.isEmpty()) {
            template.with(Ck.CKA_LABEL, Bytes.ofUtf8(label));
        }
        if (id.size() > 0) {
            template.with(Ck.CKA_ID, id);
        }
        List<Long> found = session.find(template);
        if (found.isEmpty() && !session.isAlive(loggedIn)) { // without a login private keys are hidden
            throw new CkException("C_FindObjects", Ckr.USER_NOT_LOGGED_IN.value());
        }
        if (found.size() != 1) {
            throw new KeyException.NotOne(new Problem(found.isEmpty() ? ErrorCode.KEY_NOT_FOUND : ErrorCode.KEY_AMBIGUOUS,
                    "nothing was done with the key " + uri, found.size() + " such keys are on the token now; there was one when it was opened",
                    "find out who changed the token"), List.of());
        }
        return found.getFirst();
    }

    private static TokenKey read(Session session, long handle, TokenInfo token, TokenModule module, PublicHalves halves)
            throws CkException {
        String label = session.value(handle, Ck.CKA_LABEL).flatMap(Bytes::utf8).orElse("");
        Bytes id = session.value(handle, Ck.CKA_ID).orElse(Bytes.empty());
        long type = session.number(handle, Ck.CKA_KEY_TYPE).orElse(-1L);
        String uri = TokenUri.of(module, token, label, id);
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("token", token.label()));
        facts.add(new Fact("serial", token.serial()));
        facts.add(new Fact("manufacturer", token.manufacturer()));
        facts.add(new Fact("model", token.model()));
        facts.add(new Fact("firmware", token.firmwareVersion()));
        facts.add(new Fact("slot", Long.toString(token.slot())));
        facts.add(new Fact("id", id.toHex()));
        fact(facts, "sensitive", session.flag(handle, Ck.CKA_SENSITIVE));
        fact(facts, "extractable", session.flag(handle, Ck.CKA_EXTRACTABLE));
        fact(facts, "alwaysSensitive", session.flag(handle, Ck.CKA_ALWAYS_SENSITIVE));
        fact(facts, "neverExtractable", session.flag(handle, Ck.CKA_NEVER_EXTRACTABLE));
        fact(facts, "madeHere", session.flag(handle, Ck.CKA_LOCAL));
        PublicHalves.Told told = halves.of(session, handle, id, type);
        if (told.contradictionOrNull() != null) {
            facts.add(new Fact("contradiction", told.contradictionOrNull()));
        }
        return new TokenKey(uri, label, id, told.keyOrNull(), told.contradictionOrNull(),
                ofKind(session, handle, type), session.flag(handle, Ck.CKA_SIGN).orElse(true), session.flag(handle, Ck.CKA_ALWAYS_AUTHENTICATE).orElse(false), facts);
    }

    private static void fact(List<Fact> facts, String name, Optional<Boolean> value) {
        facts.add(new Fact(name, value.map(is -> is ? "yes" : "no").orElse("not said by the token")));
    }

    /// What it signs with on a token that has these mechanisms for signing.
    Set<SignatureAlgorithm> algorithms(Set<Long> mechanisms) {
        Set<SignatureAlgorithm> able = EnumSet.noneOf(SignatureAlgorithm.class);
        for (SignatureAlgorithm algorithm : publicKeyOrNull == null ? ofKind : SignatureAlgorithm.forKey(publicKeyOrNull.key())) {
            Mechanism.of(algorithm).filter(mechanism -> mechanisms.contains(mechanism.type())).ifPresent(_ -> able.add(algorithm));
        }
        return able;
    }

    /// What keys of the private half's own kind sign with, for one whose public half isn't on the token.
    private static List<SignatureAlgorithm> ofKind(Session session, long handle, long type) throws CkException {
        if (type == Ck.CKK_RSA) {
            return List.of(SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256);
        }
        if (type == Ck.CKK_EC_EDWARDS) {
            return List.of(SignatureAlgorithm.ED25519);
        }
        if (type == Ck.CKK_EC) {
            Bytes parameters = session.value(handle, Ck.CKA_EC_PARAMS).orElse(Bytes.empty());
            if (parameters.equals(CurveParameters.of(Curve.P_256))) {
                return List.of(SignatureAlgorithm.ECDSA_P256_SHA_256);
            }
            if (parameters.equals(CurveParameters.of(Curve.P_384))) {
                return List.of(SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256);
            }
            return parameters.equals(CurveParameters.of(Curve.P_521)) ? List.of(SignatureAlgorithm.ECDSA_P521_SHA_512) : List.of();
        }
        return List.of();
    }

    KeyDescription description() {
        return new KeyDescription(uri, label, publicKeyOrNull, facts);
    }

    /// The line that lists it among others.
    String line() {
        PublicKey key = publicKeyOrNull == null ? null : publicKeyOrNull.key();
        return (label.isEmpty() ? "(no label)" : label) + " (id " + id.toHex() + (key == null ? "" : ", " + key.description()) + ")";
    }

    /// The only one of them.
    ///
    /// @param present looked at when there is none, to say what is there
    static TokenKey only(List<TokenKey> found, String token, List<TokenKey> present) throws KeyException {
        if (found.size() == 1) {
            return found.getFirst();
        }
        List<String> lines = (found.isEmpty() ? present : found).stream().map(TokenKey::line).toList();
        String listed = lines.isEmpty() ? "no private key at all" : String.join(", ", lines);
        throw new KeyException.NotOne(found.isEmpty()
                ? new Problem(ErrorCode.KEY_NOT_FOUND, "no key was opened on token " + token,
                        "no private key matches; the token has " + listed, "name one with object= or id=")
                : new Problem(ErrorCode.KEY_AMBIGUOUS, "no key was opened on token " + token,
                        found.size() + " private keys match: " + listed, "name one with id=, or with object= and id="), lines);
    }
}
