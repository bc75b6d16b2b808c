package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.MlDsaParameters;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the public half of a private key on its token: the certificate beside it, else the public key object with the same CKA_ID, else
/// the private key's own CKA_PUBLIC_KEY_INFO. All that are there must tell the same key.
///
/// @param decoder reads SubjectPublicKeyInfo
record PublicHalves(PublicKeyDecoder decoder) {
    private static final int ED25519_POINT = 32;

    /// What the places on the token tell.
    ///
    /// @param keyOrNull the public half by the most independent place; null where nothing tells it
    /// @param contradictionOrNull how two places differ; null unless they do, and then there is no key
    record Told(@Nullable ExpectedKey keyOrNull, @Nullable String contradictionOrNull) {}

    /// Reads all places.
    Told of(Session session, long privateKey, Bytes id, long type) throws CkException {
        List<ExpectedKey> told = new ArrayList<>();
        if (id.size() > 0) { // with an empty CKA_ID nothing belongs to anything
            for (long certificate : session.find(new Template().with(Ck.CKA_CLASS, Ck.CKO_CERTIFICATE).with(Ck.CKA_ID, id))) {
                session.value(certificate, Ck.CKA_VALUE).flatMap(this::ofCertificate)
                        .ifPresent(key -> told.add(new ExpectedKey(key, ExpectedKey.Source.CERTIFICATE)));
            }
            for (long object : session.find(new Template().with(Ck.CKA_CLASS, Ck.CKO_PUBLIC_KEY).with(Ck.CKA_ID, id))) {
                ofObject(session, object, type).ifPresent(key -> told.add(new ExpectedKey(key, ExpectedKey.Source.PUBLIC_OBJECT)));
            }
        }
        session.value(privateKey, Ck.CKA_PUBLIC_KEY_INFO).filter(info -> info.size() > 0).flatMap(this::ofInfo)
                .ifPresent(key -> told.add(new ExpectedKey(key, ExpectedKey.Source.PUBLIC_KEY_INFO)));
        for (ExpectedKey other : told) {
            if (!other.key().equals(told.getFirst().key())) {
                return new Told(null, "the " + told.getFirst().source().description() + " says key " + told.getFirst().key().id().hex()
                        + ", but the " + other.source().description() + " says key " + other.key().id().hex());
            }
        }
        return new Told(told.isEmpty() ? null : told.getFirst(), null);
    }

    private Optional<PublicKey> ofInfo(Bytes info) {
        try {
            return Optional.of(decoder.decodeDer(info));
        } catch (PublicKeyException e) {
            return Optional.empty(); // of a kind that isn't used here
        }
    }

    private Optional<PublicKey> ofCertificate(Bytes der) {
        try {
            return ofInfo(Bytes.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toByteArray())).getPublicKey().getEncoded()));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /// What a public key object tells; nothing for a kind that isn't used here.
    Optional<PublicKey> ofPublicObject(Session session, long object) throws CkException {
        return ofObject(session, object, session.number(object, Ck.CKA_KEY_TYPE).orElse(-1L));
    }

    /// A public key object's own attributes (PKCS#11 v3.1 §6.1.2, §6.3.3, §6.3.5; v3.2 for ML-DSA).
    private static Optional<PublicKey> ofObject(Session session, long object, long type) throws CkException {
        try {
            if (type == Ck.CKK_EC) {
                return ec(session, object);
            }
            if (type == Ck.CKK_EC_EDWARDS) {
                return session.value(object, Ck.CKA_EC_POINT)
                        .map(value -> new Ed25519PublicKey(point(value, ED25519_POINT)));
            }
            if (type == Ck.CKK_RSA) {
                Optional<Bytes> modulus = session.value(object, Ck.CKA_MODULUS);
                Optional<Bytes> exponent = session.value(object, Ck.CKA_PUBLIC_EXPONENT);
                return modulus.isEmpty() || exponent.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RsaPublicKey(unsigned(modulus.get()), unsigned(exponent.get())));
            }
            if (type == Ck.CKK_ML_DSA) {
                Optional<Bytes> value = session.value(object, Ck.CKA_VALUE);
                MlDsaParameters parameters = parameters(session.number(object, Ck.CKA_PARAMETER_SET).orElse(0L));
                return parameters == null ? Optional.empty() : value.map(encoded -> new MlDsaPublicKey(parameters, encoded));
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a size, curve or encoding that isn't used here
        }
    }

    /// CKA_EC_POINT is a DER OCTET STRING (PKCS#11 v3.1 §6.3.3), on some tokens the bare point. The length tells which: no bare point is as
    /// long as a wrapped one of another curve.
    private static Bytes point(Bytes value, int length) {
        int head = length < 0x80 ? 2 : 3;
        boolean wrapped = value.size() == head + length && value.at(0) == 0x04 && value.at(head - 1) == length
                && (head == 2 || value.at(1) == 0x81);
        return wrapped ? value.slice(head, value.size()) : value;
    }

    private static Optional<PublicKey> ec(Session session, long object) throws CkException {
        Bytes parameters = session.value(object, Ck.CKA_EC_PARAMS).orElse(Bytes.empty());
        Optional<Bytes> value = session.value(object, Ck.CKA_EC_POINT);
        for (Curve curve : Curve.values()) {
            if (parameters.equals(CurveParameters.of(curve)) && value.isPresent()) {
                return Optional.of(new EcPublicKey(curve, point(value.get(), 1 + 2 * curve.fieldLength())));
            }
        }
        return Optional.empty();
    }

    private static @Nullable MlDsaParameters parameters(long set) {
        if (set == Ck.CKP_ML_DSA_44) {
            return MlDsaParameters.ML_DSA_44;
        }
        if (set == Ck.CKP_ML_DSA_65) {
            return MlDsaParameters.ML_DSA_65;
        }
        return set == Ck.CKP_ML_DSA_87 ? MlDsaParameters.ML_DSA_87 : null;
    }

    private static BigInteger unsigned(Bytes value) {
        return new BigInteger(1, value.toByteArray());
    }
}
