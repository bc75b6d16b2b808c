package dev.chancery.adapters.crypto;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.MlDsaParameters;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/// Reads SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) as strict DER. What has one meaning becomes its usual form: a compressed or hybrid
/// point, RSA without the NULL, RSA-PSS without parameters. What could give one key several ids, or isn't a sound key, is refused.
public final class SpkiPublicKeyDecoder implements PublicKeyDecoder {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private static final Bytes DER_NULL = Bytes.fromHex("0500");
    private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    private static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";
    private static final String ED25519 = "1.3.101.112";

    @Override
    public PublicKey decodePem(Bytes pem) throws PublicKeyException {
        refuseLong(pem);
        String text = pem.utf8().orElseThrow(() -> new PublicKeyException("it is not text", null)).strip();
        if (!text.startsWith(BEGIN)) {
            int at = text.indexOf("-----BEGIN ");
            int end = at < 0 ? -1 : text.indexOf("-----", at + 11);
            throw new PublicKeyException(end < 0 ? "it has no PEM block" : "it begins with a block " + text.substring(at + 11, end), null);
        }
        if (!text.endsWith(END) || text.indexOf("-----BEGIN", BEGIN.length()) >= 0) {
            throw new PublicKeyException("it is not exactly one PUBLIC KEY block", null);
        }
        String body = text.substring(BEGIN.length(), text.length() - END.length()).replaceAll("[\\r\\n\\t ]", "");
        Bytes der;
        try {
            der = Bytes.fromBase64(body);
        } catch (IllegalArgumentException e) {
            throw new PublicKeyException("its content is not base64", e);
        }
        return decodeDer(der);
    }

    @Override
    public PublicKey decodeDer(Bytes spki) throws PublicKeyException {
        refuseLong(spki);
        try {
            DerSequence fields = DerValue.parse(spki).sequence("SubjectPublicKeyInfo");
            DerSequence algorithm = fields.next("algorithm").sequence("algorithm");
            String oid = algorithm.next("algorithm").oid("algorithm");
            Optional<DerValue> parameters = algorithm.hasNext() ? Optional.of(algorithm.next("parameters")) : Optional.empty();
            algorithm.end("algorithm");
            Bytes key = fields.next("subjectPublicKey").bits("subjectPublicKey");
            fields.end("SubjectPublicKeyInfo");
            return switch (oid) {
                case EC_PUBLIC_KEY -> ec(parameters, key);
                case RSA_ENCRYPTION -> rsa(parameters.filter(value -> !value.encoded().equals(DER_NULL)), key);
                case RSASSA_PSS -> rsa(parameters, key);
                case ED25519 -> ed25519(parameters, key);
                default -> mlDsa(oid, parameters, key);
            };
        } catch (DerException e) {
            throw new PublicKeyException("its encoding is damaged: " + e.getMessage(), e);
        }
    }

    private static void refuseLong(Bytes input) throws PublicKeyException {
        if (input.size() > MAX_LENGTH) {
            throw new PublicKeyException("it is longer than " + MAX_LENGTH + " bytes", null);
        }
    }

    private static PublicKey ec(Optional<DerValue> parameters, Bytes point) throws PublicKeyException, DerException {
        DerValue named = parameters.orElseThrow(() -> new PublicKeyException("it names no curve", null));
        if (named.is(DerValue.SEQUENCE)) {
            throw new PublicKeyException("it spells out its curve's parameters instead of naming the curve", null);
        }
        String oid = named.oid("the curve");
        for (Curve curve : Curve.values()) {
            if (curve.oid().equals(oid)) {
                return new EcPublicKey(curve, EcPoints.of(curve).uncompressed(point)
                        .orElseThrow(() -> new PublicKeyException("its point is not one on " + curve.nistName(), null)));
            }
        }
        throw new PublicKeyException("its curve " + oid + " is not P-256, P-384 or P-521", null);
    }

    private static RsaPublicKey rsa(Optional<DerValue> parameters, Bytes key) throws PublicKeyException, DerException {
        if (parameters.isPresent()) {
            throw new PublicKeyException("it is an RSA key with parameters that narrow its use, which a key id cannot say", null);
        }
        DerSequence fields = DerValue.parse(key).sequence("RSAPublicKey");
        BigInteger modulus = fields.next("modulus").integer("modulus");
        BigInteger exponent = fields.next("publicExponent").integer("publicExponent");
        fields.end("RSAPublicKey");
        try {
            return new RsaPublicKey(modulus, exponent);
        } catch (IllegalArgumentException e) {
            throw new PublicKeyException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Ed25519PublicKey ed25519(Optional<DerValue> parameters, Bytes point) throws PublicKeyException {
        if (parameters.isPresent()) {
            throw new PublicKeyException("Ed25519 has no parameters (RFC 8410 §3)", null);
        }
        if (point.size() != 32) {
            throw new PublicKeyException("an Ed25519 public key has 32 bytes, not " + point.size(), null);
        }
        if (!Ed25519Points.isUsableKey(point) || !Ed25519Points.isOnCurve(point)) {
            throw new PublicKeyException("its point is not one on the curve, is not written in its one form, or is of small order", null);
        }
        return new Ed25519PublicKey(point);
    }

    private static MlDsaPublicKey mlDsa(String oid, Optional<DerValue> parameters, Bytes key) throws PublicKeyException {
        for (MlDsaParameters set : MlDsaParameters.values()) {
            if (set.oid().equals(oid)) {
                if (parameters.isPresent() || key.size() != set.publicKeyLength()) {
                    throw new PublicKeyException(String.format(Locale.ROOT, "an %s key has no parameters and %d bytes, not %d (RFC 9881 §4)",
                            set.standardName(), set.publicKeyLength(), key.size()), null);
                }
                return new MlDsaPublicKey(set, key);
            }
        }
        throw new PublicKeyException("its algorithm " + oid + " is none of ECDSA, RSA, Ed25519 and ML-DSA", null);
    }
}
