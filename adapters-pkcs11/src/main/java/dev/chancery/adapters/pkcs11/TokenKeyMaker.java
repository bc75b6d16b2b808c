package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.KeySpec;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes key pairs inside a token. The private half is sensitive, not extractable and for signing only.
final class TokenKeyMaker {
    private static final int ID_LENGTH = 20;
    private static final Bytes F4 = Bytes.fromHex("010001");

    private TokenKeyMaker() {}

    /// How a kind of key is made.
    ///
    /// @param mechanism CKM_…_KEY_PAIR_GEN
    /// @param parameter the attribute of the public half that says the size, curve or set
    private record Recipe(long mechanism, long parameter, Object value) {
        Template publicHalf() {
            Template template = new Template();
            switch (value) {
                case Long number -> template.with(parameter, number);
                case Bytes bytes -> template.with(parameter, bytes);
                default -> throw new IllegalStateException("a parameter is a number or bytes");
            }
            return parameter == Ck.CKA_MODULUS_BITS ? template.with(Ck.CKA_PUBLIC_EXPONENT, F4) : template;
        }
    }

    private static final Map<KeySpec, Recipe> RECIPES = Map.of(
            KeySpec.P_256, ec(Curve.P_256), KeySpec.P_384, ec(Curve.P_384), KeySpec.P_521, ec(Curve.P_521),
            KeySpec.ED25519, new Recipe(Ck.CKM_EC_EDWARDS_KEY_PAIR_GEN, Ck.CKA_EC_PARAMS, CurveParameters.ED25519),
            KeySpec.RSA_2048, rsa(2048), KeySpec.RSA_3072, rsa(3072), KeySpec.RSA_4096, rsa(4096),
            KeySpec.ML_DSA_44, mlDsa(Ck.CKP_ML_DSA_44), KeySpec.ML_DSA_65, mlDsa(Ck.CKP_ML_DSA_65), KeySpec.ML_DSA_87, mlDsa(Ck.CKP_ML_DSA_87));

    private static Recipe ec(Curve curve) {
        return new Recipe(Ck.CKM_EC_KEY_PAIR_GEN, Ck.CKA_EC_PARAMS, CurveParameters.of(curve));
    }

    private static Recipe rsa(long bits) {
        return new Recipe(Ck.CKM_RSA_PKCS_KEY_PAIR_GEN, Ck.CKA_MODULUS_BITS, bits);
    }

    private static Recipe mlDsa(long set) {
        return new Recipe(Ck.CKM_ML_DSA_KEY_PAIR_GEN, Ck.CKA_PARAMETER_SET, set);
    }

    /// The kinds that a token with these mechanisms for making key pairs can make.
    static Set<KeySpec> possible(Set<Long> mechanisms) {
        Set<KeySpec> specs = EnumSet.noneOf(KeySpec.class);
        RECIPES.forEach((spec, recipe) -> {
            if (mechanisms.contains(recipe.mechanism())) {
                specs.add(spec);
            }
        });
        return specs;
    }

    /// Makes a pair and gives both halves their id: the one wanted, else the first bytes of the SHA-256 of what tells the public half.
    ///
    /// @return the id
    static Bytes make(Session session, KeySpec spec, String label, Optional<Bytes> wantedId) throws CkException {
        Recipe recipe = java.util.Objects.requireNonNull(RECIPES.get(spec));
        Bytes name = Bytes.ofUtf8(label);
        Bytes provisional = wantedId.orElseGet(() -> Bytes.ofUtf8("chancery-new"));
        Template publicHalf = recipe.publicHalf().with(Ck.CKA_CLASS, Ck.CKO_PUBLIC_KEY).with(Ck.CKA_TOKEN, true).with(Ck.CKA_PRIVATE, false)
                .with(Ck.CKA_LABEL, name).with(Ck.CKA_ID, provisional).with(Ck.CKA_VERIFY, true);
        Template privateHalf = new Template().with(Ck.CKA_CLASS, Ck.CKO_PRIVATE_KEY).with(Ck.CKA_TOKEN, true).with(Ck.CKA_PRIVATE, true)
                .with(Ck.CKA_LABEL, name).with(Ck.CKA_ID, provisional).with(Ck.CKA_SENSITIVE, true).with(Ck.CKA_EXTRACTABLE, false)
                .with(Ck.CKA_SIGN, true).with(Ck.CKA_DECRYPT, false).with(Ck.CKA_UNWRAP, false).with(Ck.CKA_SIGN_RECOVER, false)
                .with(Ck.CKA_DERIVE, false);
        Session.KeyPairHandles made = session.generate(Mechanism.plain(recipe.mechanism()), publicHalf, privateHalf);
        if (wantedId.isPresent()) {
            return wantedId.get();
        }
        Bytes tells = session.value(made.publicHalf(), Ck.CKA_EC_POINT)
                .or(() -> valueOf(session, made.publicHalf(), Ck.CKA_MODULUS))
                .or(() -> valueOf(session, made.publicHalf(), Ck.CKA_VALUE))
                .orElse(name);
        Bytes id = HashAlgorithm.SHA_256.digest(tells).value().slice(0, ID_LENGTH);
        session.set(made.privateHalf(), new Template().with(Ck.CKA_ID, id));
        session.set(made.publicHalf(), new Template().with(Ck.CKA_ID, id));
        return id;
    }

    private static Optional<Bytes> valueOf(Session session, long object, long type) {
        try {
            return session.value(object, type);
        } catch (CkException e) {
            return Optional.empty();
        }
    }
}
