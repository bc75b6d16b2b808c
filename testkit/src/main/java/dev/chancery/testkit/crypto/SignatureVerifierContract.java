package dev.chancery.testkit.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.testkit.crypto.SignatureVectors.Vector;
import dev.chancery.testkit.key.JdkPublicKeys;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What every [SignatureVerifier] must do: give the right answer to each of [SignatureVectors], and *false*, never an exception, to
/// anything else. An adapter's test extends this class; nothing can be overridden or left out.
public abstract class SignatureVerifierContract {
    /// The verifier under test.
    protected abstract SignatureVerifier verifier();

    @TestFactory
    final Stream<DynamicTest> eachVectorGetsItsAnswer() {
        SignatureVerifier verifier = verifier();
        return SignatureVectors.all().stream().map(vector -> dynamicTest(vector.toString(),
                () -> assertEquals(vector.valid(), verifier.verifies(vector.key(), vector.input(), vector.signature()))));
    }

    @Test
    final void theVectorsHoldAValidSignatureOfEachAlgorithm() {
        EnumSet<SignatureAlgorithm> seen = EnumSet.noneOf(SignatureAlgorithm.class);
        SignatureVectors.all().stream().filter(Vector::valid).forEach(vector -> seen.add(vector.signature().algorithm()));
        assertEquals(EnumSet.allOf(SignatureAlgorithm.class), seen);
    }

    @TestFactory
    final Stream<DynamicTest> aSignatureIsOfOneAlgorithmOneKeyAndOneFormOfInput() {
        SignatureVerifier verifier = verifier();
        List<Vector> valid = SignatureVectors.all().stream().filter(Vector::valid).toList();
        return valid.stream().map(vector -> dynamicTest(vector.toString(), () -> {
            for (SignatureAlgorithm other : EnumSet.complementOf(EnumSet.of(vector.signature().algorithm()))) {
                Signature renamed = new Signature(other, vector.signature().value());
                assertFalse(verifier.verifies(vector.key(), vector.input(), renamed), other.cliName());
                SigningInput its = other.prehash().<SigningInput>map(hash -> new SigningInput.Prehashed(hash.digest(vector.message())))
                        .orElseGet(() -> new SigningInput.Message(vector.message()));
                boolean sameDigest = other.prehash().isPresent() && other.prehash().equals(vector.signature().algorithm().prehash());
                if (!sameDigest) {
                    assertFalse(verifier.verifies(vector.key(), its, renamed), other.cliName());
                }
            }
            for (PublicKey other : valid.stream().map(Vector::key).filter(key -> !key.equals(vector.key())).distinct().toList()) {
                assertFalse(verifier.verifies(other, vector.input(), vector.signature()), other.description());
            }
            for (HashAlgorithm hash : HashAlgorithm.values()) {
                if (!vector.signature().algorithm().prehash().filter(hash::equals).isPresent()) {
                    assertFalse(verifier.verifies(vector.key(), new SigningInput.Prehashed(hash.digest(vector.message())),
                            vector.signature()), hash.toString());
                }
            }
            if (vector.signature().algorithm().prehash().isPresent()) {
                assertFalse(verifier.verifies(vector.key(), new SigningInput.Message(vector.message()), vector.signature()));
            }
        }));
    }

    /// A part of the bits is tried, from a fixed seed.
    @TestFactory
    final Stream<DynamicTest> aSignatureWithOneBitChangedIsRefused() {
        SignatureVerifier verifier = verifier();
        Random random = new Random(20261121);
        return SignatureVectors.all().stream().filter(Vector::valid).map(vector -> dynamicTest(vector.toString(), () -> {
            int bits = 8 * vector.signature().value().size();
            int tries = Math.min(bits, 64);
            for (int i = 0; i < tries; i++) {
                int bit = tries == bits ? i : random.nextInt(bits);
                Signature changed = new Signature(vector.signature().algorithm(), withBitFlipped(vector.signature().value(), bit));
                assertFalse(verifier.verifies(vector.key(), vector.input(), changed), () -> "bit " + bit);
            }
        }));
    }

    @TestFactory
    final Stream<DynamicTest> arbitraryBytesAreRefused() {
        SignatureVerifier verifier = verifier();
        Random random = new Random(20261122);
        return SignatureVectors.all().stream().filter(Vector::valid).map(vector -> dynamicTest(vector.toString(), () -> {
            for (int i = 0; i < 100; i++) {
                byte[] bytes = new byte[i % 2 == 0 ? vector.signature().value().size() : random.nextInt(600)];
                random.nextBytes(bytes);
                assertFalse(verifier.verifies(vector.key(), vector.input(),
                        new Signature(vector.signature().algorithm(), Bytes.copyOf(bytes))), () -> Bytes.copyOf(bytes).toHex());
            }
        }));
    }

    @Test
    final void eightThreadsVerifyAtOnce() throws Exception {
        SignatureVerifier verifier = verifier();
        List<Vector> vectors = SignatureVectors.all();
        List<Future<Integer>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                running.add(threads.submit(() -> (int) vectors.stream().filter(vector ->
                        verifier.verifies(vector.key(), vector.input(), vector.signature()) == vector.valid()).count()));
            }
        }
        for (Future<Integer> done : running) {
            assertEquals(vectors.size(), done.get());
        }
    }

    /// The algorithms that take a message take the longest there is. The lengths around 1 MiB are where a provider's buffer ends.
    @TestFactory
    final Stream<DynamicTest> longMessagesAreTaken() {
        SignatureVerifier verifier = verifier();
        return Stream.of("Ed25519", "ML-DSA-44").flatMap(name -> Stream.of(1 << 20, (1 << 20) + 1, SigningInput.MAX_MESSAGE)
                .map(length -> dynamicTest(name + " " + length, () -> {
                    KeyPair pair = KeyPairGenerator.getInstance(name).generateKeyPair();
                    java.security.Signature signer = java.security.Signature.getInstance(name);
                    signer.initSign(pair.getPrivate());
                    byte[] content = new byte[length];
                    content[length - 1] = 1;
                    signer.update(content);
                    PublicKey key = JdkPublicKeys.fromJdk(pair.getPublic());
                    Signature signature = new Signature(SignatureAlgorithm.forKey(key).getFirst(), Bytes.copyOf(signer.sign()));
                    assertTrue(verifier.verifies(key, new SigningInput.Message(Bytes.copyOf(content)), signature));
                    content[length - 1] = 0;
                    assertFalse(verifier.verifies(key, new SigningInput.Message(Bytes.copyOf(content)), signature));
                })));
    }

    private static Bytes withBitFlipped(Bytes value, int bit) {
        byte[] changed = value.toByteArray();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.copyOf(changed);
    }
}
