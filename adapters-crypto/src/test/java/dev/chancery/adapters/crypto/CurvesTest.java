package dev.chancery.adapters.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The curves' numbers that are written out here, and Bouncy Castle's arithmetic, are held to the JDK's.
class CurvesTest {
    @ParameterizedTest
    @EnumSource
    void theJdksBasePointIsOnTheCurveAndItsNeighbourIsNot(Curve curve) throws Exception {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve.secName()));
        ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
        Bytes base = uncompressed(curve, spec.getGenerator().getAffineX(), spec.getGenerator().getAffineY());
        assertEquals(Optional.of(base), EcPoints.of(curve).uncompressed(base));
        assertEquals(Optional.empty(),
                EcPoints.of(curve).uncompressed(uncompressed(curve, spec.getGenerator().getAffineX(), spec.getGenerator().getAffineY().add(BigInteger.ONE))));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheJdkSignsVerifiesAndNothingElseDoes(Curve curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve.secName()));
        for (int i = 0; i < 20; i++) {
            KeyPair pair = generator.generateKeyPair();
            ECPublicKey jdk = (ECPublicKey) pair.getPublic();
            EcPublicKey key = new EcPublicKey(curve, uncompressed(curve, jdk.getW().getAffineX(), jdk.getW().getAffineY()));
            Digest digest = HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("message " + i));
            Signature signer = Signature.getInstance("NONEwithECDSA");
            signer.initSign(pair.getPrivate());
            signer.update(digest.value().toByteArray());
            Bytes signature = Bytes.copyOf(signer.sign());
            assertTrue(new LightCurvePrimitives().ecdsa(key, digest, signature));
            assertEquals(false, new LightCurvePrimitives().ecdsa(key, HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("another " + i)), signature));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPointThatIsNotOnTheCurveIsRefusedByTheArithmeticToo(Curve curve) {
        EcPublicKey key = new EcPublicKey(curve, uncompressed(curve, BigInteger.ONE, BigInteger.ONE));
        assertThrows(GeneralSecurityException.class, () -> new LightCurvePrimitives().ecdsa(key, HashAlgorithm.SHA_256.digest(Bytes.empty()),
                Bytes.fromHex("3006020101020101")));
    }

    private static Bytes uncompressed(Curve curve, BigInteger x, BigInteger y) {
        return Bytes.copyOf(new byte[] {4}).concat(fixed(curve, x)).concat(fixed(curve, y));
    }

    private static Bytes fixed(Curve curve, BigInteger value) {
        byte[] out = new byte[curve.fieldLength()];
        byte[] minimal = value.toByteArray();
        int used = Math.min(out.length, minimal.length);
        System.arraycopy(minimal, minimal.length - used, out, out.length - used, used);
        return Bytes.copyOf(out);
    }
}
