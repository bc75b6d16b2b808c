package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.JdkPublicKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What this binding has a token sign, the JDK's own binding (SunPKCS11) has the same token verify, for all that both of them know.
class SunPkcs11OpinionTest {
    private static final Bytes CONTENT = Bytes.ofUtf8("content with a second opinion\n");

    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void whatWeHaveATokenSignTheJdksBindingHasItVerify() throws Exception {
        SoftHsm token = SoftHsm.token("opinion");
        PublicKey p256 = token.key("p256", "01", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        PublicKey p384 = token.key("p384", "02", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384");
        PublicKey p521 = token.key("p521", "03", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521");
        PublicKey rsa = token.key("rsa", "04", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072");
        check(token, "p256", p256, SignatureAlgorithm.ECDSA_P256_SHA_256, "SHA256withECDSA");
        check(token, "p384", p384, SignatureAlgorithm.ECDSA_P384_SHA_384, "SHA384withECDSA");
        check(token, "p384", p384, SignatureAlgorithm.ECDSA_P384_SHA_256, "SHA256withECDSA");
        check(token, "p521", p521, SignatureAlgorithm.ECDSA_P521_SHA_512, "SHA512withECDSA");
        check(token, "rsa", rsa, SignatureAlgorithm.RSA_PKCS1_SHA_256, "SHA256withRSA");
        check(token, "rsa", rsa, SignatureAlgorithm.RSA_PSS_SHA_256, "RSASSA-PSS");
    }

    private void check(SoftHsm token, String name, PublicKey publicKey, SignatureAlgorithm algorithm, String jdkName) throws Exception {
        Signature signature;
        try (SigningKey key = new Pkcs11Backend(Pkcs11Settings.of(null), SoftHsm.decoder())
                .open(token.ref(name), new KeyAccess(FixedPinEntry.of(SoftHsm.PIN), Duration.ofSeconds(30), false))) {
            do {
                signature = key.sign(ArtifactContent.keep(CONTENT.inputStream(), EnumSet.allOf(HashAlgorithm.class)).requestFor(algorithm), Duration.ofSeconds(30));
            } while (algorithm == SignatureAlgorithm.ECDSA_P521_SHA_512 && !hasA521BitHalf(signature.value()));
        }
        assertEquals(algorithm, signature.algorithm());
        assertTrue(verifies(jdkName, publicKey, CONTENT, signature), jdkName);
        assertFalse(verifies(jdkName, publicKey, Bytes.ofUtf8("other content"), signature), jdkName + " over other content");
    }

    /// SunPKCS11 hands r‖s to the token as long as the longer of them is, in place of 132 bytes (PKCS#11 v3.1 §6.3.1), and the token refuses that. One of the
    /// two has all 521 bits three times in four.
    private static boolean hasA521BitHalf(Bytes der) {
        int secondHalf = 7 + der.at(4); // 30 81 LL 02 RR r 02 SS s
        return der.at(4) == 66 && der.at(5) == 1 || der.at(secondHalf - 1) == 66 && der.at(secondHalf) == 1;
    }

    private boolean verifies(String jdkName, PublicKey publicKey, Bytes content, Signature signature) throws Exception {
        java.security.Signature verifier = java.security.Signature.getInstance(jdkName, binding());
        if (jdkName.equals("RSASSA-PSS")) {
            verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC));
        }
        verifier.initVerify(JdkPublicKeys.toJdk(publicKey));
        verifier.update(content.byteBuffer());
        return verifier.verify(signature.value().toByteArray());
    }

    private Provider binding() throws Exception {
        Path configuration = folder.resolve("sunpkcs11.cfg");
        Files.writeString(configuration, "name=opinion\nlibrary=/usr/lib/softhsm/libsofthsm2.so\nslotListIndex=0\n");
        return Security.getProvider("SunPKCS11").configure(configuration.toString());
    }
}
