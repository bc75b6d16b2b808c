package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP384R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP521R1Curve;

/// ECDSA by Bouncy Castle's curves, the rest by the JDK. A process that verifies one signature and ends runs all of it cold, and then these
/// curves take half of what the JDK's provider takes, which brings its whole framework along; warm, they are six times as fast.
/// No provider is made or registered.
final class LightCurvePrimitives implements Primitives {
    private final JdkPrimitives jdk = new JdkPrimitives();

    @Override
    public boolean ecdsa(EcPublicKey key, Digest digest, Bytes signature) throws GeneralSecurityException {
        ECDomainParameters domain = domain(key.curve());
        EcdsaDer.Numbers numbers = EcdsaDer.numbers(signature);
        try {
            ECDSASigner verifier = new ECDSASigner();
            verifier.init(false, new ECPublicKeyParameters(domain.getCurve().decodePoint(key.point().toByteArray()), domain));
            return verifier.verifySignature(digest.value().toByteArray(), numbers.r(), numbers.s());
        } catch (IllegalArgumentException e) { // how Bouncy Castle says that a point isn't on its curve
            throw new GeneralSecurityException(e);
        }
    }

    @Override
    public Bytes rsa(RsaPublicKey key, Bytes signature) {
        return jdk.rsa(key, signature);
    }

    @Override
    public boolean ed25519(Ed25519PublicKey key, Bytes message, Bytes signature) throws GeneralSecurityException {
        return jdk.ed25519(key, message, signature);
    }

    @Override
    public boolean mlDsa(MlDsaPublicKey key, Bytes message, Bytes signature) throws GeneralSecurityException {
        return jdk.mlDsa(key, message, signature);
    }

    private static ECDomainParameters domain(Curve curve) {
        return switch (curve) {
            case P_256 -> P256.DOMAIN;
            case P_384 -> P384.DOMAIN;
            case P_521 -> P521.DOMAIN;
        };
    }

    /// The base points are those of SP 800-186 §3.2.1; curve and order come from Bouncy Castle.
    private static ECDomainParameters domain(ECCurve curve, String x, String y) {
        return new ECDomainParameters(curve, curve.createPoint(new BigInteger(x, 16), new BigInteger(y, 16)), curve.getOrder(), curve.getCofactor());
    }

    private static final class P256 {
        static final ECDomainParameters DOMAIN = domain(new SecP256R1Curve(),
                "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
                "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
    }

    private static final class P384 {
        static final ECDomainParameters DOMAIN = domain(new SecP384R1Curve(),
                "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
                "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f");
    }

    private static final class P521 {
        static final ECDomainParameters DOMAIN = domain(new SecP521R1Curve(),
                "c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
                "11839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650");
    }
}
