package dev.chancery.adapters.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.key.KeyException;
import dev.chancery.testkit.crypto.SignatureVectors;
import dev.chancery.testkit.key.FixedPinEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ML-DSA keys in the three forms of RFC 9881 §6: the seed, the expanded key, and both.
final class MlDsaKeyFilesTest {
    private static final String SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /// RFC 9881 appendix C: the private keys of the seed 00…1f. Their public keys, by OpenSSL, are those of the kit's vectors.
    @ParameterizedTest
    @CsvSource({"11,ML-DSA-44", "12,ML-DSA-65", "13,ML-DSA-87"})
    void aSeedIsReadAsTheKeyItMakes(String set, String name) throws Exception {
        String pkcs8 = "3034020100300b06096086480165030403" + set + "04228020" + SEED;
        PublicKey expected = SignatureVectors.all().stream().map(SignatureVectors.Vector::key)
                .filter(key -> key instanceof MlDsaPublicKey mlDsa && mlDsa.parameters().standardName().equals(name)).findFirst().orElseThrow();
        TestKeys.assertSignsAs(expected.pem(), backend(HexFormat.of().parseHex(pkcs8)), KeyRef.parse("env://KEY"), "");
    }

    @Test
    void aNewFileHoldsTheSeedAlone(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.pem");
        TestKeys.generate(file, KeySpec.ML_DSA_65, FileFormat.PKCS8_PLAIN);
        byte[] der = Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----[A-Z ]+-----", ""));
        assertTrue(HexFormat.of().formatHex(der).startsWith("3034020100300b0609608648016503040312" + "04228020"));
        assertEquals(54, der.length);
    }

    @Test
    void theExpandedFormAndBothAreReadAsTheSameKey() throws Exception {
        MLDSAPrivateKeyParameters key = key(1);
        PublicKey expected = new MlDsaPublicKey(dev.chancery.domain.key.MlDsaParameters.ML_DSA_44,
                dev.chancery.domain.bytes.Bytes.copyOf(key.getPublicKey()));
        for (int form : new int[] {MLDSAPrivateKeyParameters.SEED_ONLY, MLDSAPrivateKeyParameters.EXPANDED_KEY, MLDSAPrivateKeyParameters.BOTH}) {
            TestKeys.assertSignsAs(expected.pem(), backend(encoded(key, form)), KeyRef.parse("env://KEY"), "");
        }
    }

    /// RFC 9881 §8.2: a seed beside an expanded key that it doesn't make.
    @Test
    void aSeedThatIsNotTheExpandedKeysIsRefused() throws Exception {
        byte[] both = encoded(key(1), MLDSAPrivateKeyParameters.BOTH);
        byte[] seed = key(1).getSeed();
        int at = HexFormat.of().formatHex(both).indexOf(HexFormat.of().formatHex(seed)) / 2;
        both[at] ^= 1;
        KeyException refusal = assertThrowsExactly(KeyException.BackendUnusable.class,
                () -> backend(both).open(KeyRef.parse("env://KEY"), TestKeys.access(FixedPinEntry.none())));
        assertEquals(ErrorCode.KEY_FILE_INVALID, refusal.problem().code());
    }

    private static MLDSAPrivateKeyParameters key(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) number);
        return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed);
    }

    private static byte[] encoded(MLDSAPrivateKeyParameters key, int form) throws Exception {
        PrivateKeyInfo info = PrivateKeyInfoFactory.createPrivateKeyInfo(key.getParametersWithFormat(form));
        return info.getEncoded("DER");
    }

    private static KeyFileBackend backend(byte[] pkcs8) {
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(pkcs8) + "\n-----END PRIVATE KEY-----\n";
        return new KeyFileBackend(Map.of("KEY", pem)::get, new SecureRandom());
    }
}
