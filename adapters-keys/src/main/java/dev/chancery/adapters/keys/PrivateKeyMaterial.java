package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.MlDsaParameters;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.jspecify.annotations.Nullable;

/// A private key that is ready to sign, with the public key that follows from it. Neither library gives a way to wipe a private key:
/// it stays in memory until the garbage collector takes it.
final class PrivateKeyMaterial {
    /// RFC 8410 §3.
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private final PublicKey publicKey;
    private final LocalSigner signer;

    private PrivateKeyMaterial(PublicKey publicKey, LocalSigner signer) {
        this.publicKey = publicKey;
        this.signer = signer;
    }

    /// Computed from the private key, never read from beside it: PKCS#8 may carry a public key, and it may be another.
    PublicKey publicKey() {
        return publicKey;
    }

    LocalSigner signer() {
        return signer;
    }

    /// Whether the bytes have the outer form of a PrivateKeyInfo (RFC 5958 §2), with nothing after it.
    static boolean isPkcs8(byte[] der) {
        try {
            PrivateKeyInfo.getInstance(ASN1Primitive.fromByteArray(der));
            return true;
        } catch (IOException | IllegalArgumentException | IllegalStateException | NullPointerException e) {
            return false;
        }
    }

    /// Reads an unencrypted PKCS#8 PrivateKeyInfo. The caller wipes the array.
    ///
    /// @param random for the algorithms that need it to sign
    static PrivateKeyMaterial fromPkcs8(byte[] pkcs8, String place, SecureRandom random) throws KeyException {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(ASN1Primitive.fromByteArray(pkcs8));
            ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
            if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                return ec(pkcs8, info, place);
            }
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption) || algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
                return rsa(info, place, random);
            }
            if (algorithm.equals(ED25519)) {
                Ed25519PrivateKeyParameters key = (Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(info);
                return new PrivateKeyMaterial(new Ed25519PublicKey(Bytes.copyOf(key.generatePublicKey().getEncoded())),
                        new LocalSigner.Ed(jdkKey("Ed25519", pkcs8), key));
            }
            for (MlDsaParameters parameters : MlDsaParameters.values()) {
                if (algorithm.getId().equals(parameters.oid())) {
                    MLDSAPrivateKeyParameters key = (MLDSAPrivateKeyParameters) PrivateKeyFactory.createKey(info);
                    return new PrivateKeyMaterial(new MlDsaPublicKey(parameters, Bytes.copyOf(key.getPublicKey())),
                            new LocalSigner.MlDsa(key, random));
                }
            }
            throw KeyFiles.invalid(place, "it is a key of algorithm " + algorithm.getId()
                    + ", which is none of ECDSA, RSA, Ed25519 and ML-DSA");
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | IllegalStateException | ClassCastException
                | NullPointerException | ArithmeticException e) {
            throw KeyFiles.invalid(place, "it is not a sound private key in PKCS#8", e);
        }
    }

    /// Makes an ECDSA key that never leaves a provider's own form.
    ///
    /// @throws GeneralSecurityException when the provider makes none
    static PrivateKeyMaterial made(Curve curve, Provider provider) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(curve.secName()));
        KeyPair pair = generator.generateKeyPair();
        Bytes spki = Bytes.copyOf(pair.getPublic().getEncoded());
        // The uncompressed point is all that the last field has (RFC 5480 §2.2).
        int point = 1 + 2 * curve.fieldLength();
        return new PrivateKeyMaterial(new EcPublicKey(curve, spki.slice(spki.size() - point, spki.size())),
                new LocalSigner.Ecdsa(pair.getPrivate(), provider));
    }

    private static PrivateKeyMaterial ec(byte[] pkcs8, PrivateKeyInfo info, String place)
            throws KeyException, GeneralSecurityException {
        if (!(info.getPrivateKeyAlgorithm().getParameters() instanceof ASN1ObjectIdentifier named)) {
            throw KeyFiles.invalid(place, "it spells out its curve's parameters instead of naming the curve",
                    "name the curve: openssl ec -in OLD.pem -param_enc named_curve -out NEW.pem");
        }
        for (Curve curve : Curve.values()) {
            if (named.getId().equals(curve.oid())) {
                ECPrivateKey key = (ECPrivateKey) jdkKey("EC", pkcs8);
                ECNamedCurveParameterSpec domain = ECNamedCurveTable.getParameterSpec(curve.secName());
                BigInteger scalar = key.getS();
                if (scalar.signum() <= 0 || scalar.compareTo(domain.getN()) >= 0) {
                    throw KeyFiles.invalid(place, "its private number is not between 1 and the order of the curve");
                }
                Bytes point = Bytes.copyOf(domain.getG().multiply(scalar).normalize().getEncoded(false));
                return new PrivateKeyMaterial(new EcPublicKey(curve, point), new LocalSigner.Ecdsa(key));
            }
        }
        throw KeyFiles.invalid(place, "its curve " + named.getId() + " is not P-256, P-384 or P-521");
    }

    private static PrivateKeyMaterial rsa(PrivateKeyInfo info, String place, SecureRandom random)
            throws KeyException, GeneralSecurityException, IOException {
        @Nullable ASN1Encodable parameters = info.getPrivateKeyAlgorithm().getParameters();
        if (parameters != null && !DERNull.INSTANCE.equals(parameters)) {
            throw KeyFiles.invalid(place, "it is an RSA-PSS key with parameters, which no bundle can say",
                    "make an RSA key without them: chancery key generate --type rsa3072");
        }
        RSAPrivateKey key = RSAPrivateKey.getInstance(info.parsePrivateKey());
        BigInteger modulus = key.getModulus();
        if (modulus.bitLength() < RsaPublicKey.MIN_BITS || modulus.bitLength() > RsaPublicKey.MAX_BITS) {
            throw KeyFiles.invalid(place, "it is an RSA key of " + modulus.bitLength() + " bits; " + RsaPublicKey.MIN_BITS + " to "
                    + RsaPublicKey.MAX_BITS + " are used");
        }
        if (!key.getPrime1().multiply(key.getPrime2()).equals(modulus)) {
            throw KeyFiles.invalid(place, "the parts of this RSA key do not belong together");
        }
        PrivateKeyInfo plain = new PrivateKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), key);
        return new PrivateKeyMaterial(new RsaPublicKey(modulus, key.getPublicExponent()), new LocalSigner.Rsa(
                jdkKey("RSA", plain.getEncoded("DER")),
                new RSAPrivateCrtKeyParameters(modulus, key.getPublicExponent(), key.getPrivateExponent(), key.getPrime1(), key.getPrime2(),
                        key.getExponent1(), key.getExponent2(), key.getCoefficient()),
                random));
    }

    private static PrivateKey jdkKey(String family, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }
}
