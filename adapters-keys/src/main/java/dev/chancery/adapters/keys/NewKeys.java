package dev.chancery.adapters.keys;

import dev.chancery.domain.key.KeySpec;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;

/// Makes private keys for files.
final class NewKeys {
    private NewKeys() {}

    /// An unencrypted PKCS#8 PrivateKeyInfo, which the caller wipes.
    static byte[] pkcs8(KeySpec spec, SecureRandom random) {
        try {
            return switch (spec) {
                case P_256, P_384, P_521 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                    generator.initialize(new ECGenParameterSpec(spec.curve().orElseThrow().secName()), random);
                    yield encoded(generator);
                }
                case ED25519 -> {
                    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
                    generator.initialize(255, random);
                    yield encoded(generator);
                }
                case RSA_2048 -> rsa(2048, random);
                case RSA_3072 -> rsa(3072, random);
                case RSA_4096 -> rsa(4096, random);
                case ML_DSA_44 -> mlDsa(MLDSAParameters.ml_dsa_44, random);
                case ML_DSA_65 -> mlDsa(MLDSAParameters.ml_dsa_65, random);
                case ML_DSA_87 -> mlDsa(MLDSAParameters.ml_dsa_87, random);
            };
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("keys of kind " + spec.cliName() + " are made here", e);
        }
    }

    private static byte[] rsa(int bits, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits, random);
        return encoded(generator);
    }

    private static byte[] encoded(KeyPairGenerator generator) {
        return generator.generateKeyPair().getPrivate().getEncoded();
    }

    /// As the seed alone (RFC 9881 §6), from which all else follows: nothing in the file can contradict it.
    private static byte[] mlDsa(MLDSAParameters parameters, SecureRandom random) throws IOException {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(random, parameters));
        MLDSAPrivateKeyParameters key = (MLDSAPrivateKeyParameters) generator.generateKeyPair().getPrivate();
        return PrivateKeyInfoFactory.createPrivateKeyInfo(key.getParametersWithFormat(MLDSAPrivateKeyParameters.SEED_ONLY)).getEncoded("DER");
    }
}
