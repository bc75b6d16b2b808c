package dev.chancery.adapters.kms.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.MlDsaParameters;
import dev.chancery.domain.key.MlDsaPublicKey;
import org.junit.jupiter.api.Test;

final class MlDsaMuTest {
    /// The expected value is Python's: tr = hashlib.shake_256(key).digest(64); hashlib.shake_256(tr + b"\0\0" + b"abc").hexdigest(64).
    @Test
    void muIsTheHashOfTheKeysHashTwoZerosAndTheMessage() {
        byte[] key = new byte[MlDsaParameters.ML_DSA_44.publicKeyLength()];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        assertEquals("fd588c65a2abf35634d95f85c1e62012c80b206924387a2bfca9791d2ea43b86"
                + "6f4704cdb397870cd51f53c9f36f1bc7500f9a6f1dce6ba0e7455c7662ea2c82",
                MlDsaMu.of(new MlDsaPublicKey(MlDsaParameters.ML_DSA_44, Bytes.copyOf(key)), Bytes.ofUtf8("abc")).toHex());
    }
}
