package dev.chancery.adapters.crypto;

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
import java.security.GeneralSecurityException;

/// Reads SubjectPublicKeyInfo strictly: the key is built from the parts, written in its normal form, and only an input that says the
/// same, to the byte, is taken. The JDK's key factory then checks that a point is on its curve.
public final class SpkiPublicKeyDecoder implements PublicKeyDecoder {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    @Override
    public PublicKey decodePem(Bytes pem) throws PublicKeyException {
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
        try {
            return decodeDer(Bytes.fromBase64(body));
        } catch (IllegalArgumentException e) {
            throw new PublicKeyException("its content is not base64", e);
        }
    }

    @Override
    public PublicKey decodeDer(Bytes spki) throws PublicKeyException {
        PublicKey key;
        try {
            key = fromParts(spki);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new PublicKeyException(e.getMessage() == null ? "its encoding is damaged" : e.getMessage(), e);
        }
        if (!key.subjectPublicKeyInfo().equals(spki)) {
            throw new PublicKeyException("it is not in the one normal form of " + key.description()
                    + " keys (named curve, uncompressed point, plain algorithm identifier, DER)", null);
        }
        try {
            JcaKeys.of(key);
        } catch (GeneralSecurityException e) {
            throw new PublicKeyException("it is not a valid " + key.description() + " key", e);
        }
        return key;
    }

    private static PublicKey fromParts(Bytes spki) throws PublicKeyException {
        for (Curve curve : Curve.values()) {
            int length = 1 + 2 * curve.fieldLength();
            if (spki.size() > length) {
                Bytes point = spki.slice(spki.size() - length, spki.size());
                if (point.at(0) == 0x04) {
                    EcPublicKey candidate = new EcPublicKey(curve, point);
                    if (candidate.subjectPublicKeyInfo().equals(spki)) {
                        return candidate;
                    }
                }
            }
        }
        if (spki.size() == 44) {
            Ed25519PublicKey candidate = new Ed25519PublicKey(spki.slice(12, 44));
            if (candidate.subjectPublicKeyInfo().equals(spki)) {
                return candidate;
            }
        }
        for (MlDsaParameters parameters : MlDsaParameters.values()) {
            if (spki.size() > parameters.publicKeyLength()) {
                MlDsaPublicKey candidate = new MlDsaPublicKey(parameters,
                        spki.slice(spki.size() - parameters.publicKeyLength(), spki.size()));
                if (candidate.subjectPublicKeyInfo().equals(spki)) {
                    return candidate;
                }
            }
        }
        return rsa(spki);
    }

    private static RsaPublicKey rsa(Bytes spki) throws PublicKeyException {
        try {
            java.security.PublicKey key = java.security.KeyFactory.getInstance("RSA")
                    .generatePublic(new java.security.spec.X509EncodedKeySpec(spki.toByteArray()));
            if (key instanceof java.security.interfaces.RSAPublicKey rsa) {
                BigInteger modulus = rsa.getModulus();
                return new RsaPublicKey(modulus, rsa.getPublicExponent());
            }
            throw new PublicKeyException("it is no RSA key", null);
        } catch (GeneralSecurityException e) {
            throw new PublicKeyException("it is no P-256, P-384, P-521, RSA, Ed25519 or ML-DSA key in its normal DER form", e);
        }
    }
}
