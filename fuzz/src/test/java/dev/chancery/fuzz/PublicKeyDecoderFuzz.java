package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.crypto.PublicKeyException;
import dev.chancery.testkit.peers.PeerFiles;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PublicKeyDecoderFuzz {
    static Stream<Arguments> seeds() throws PublicKeyException {
        return Stream.of(Arguments.of((Object) Verifying.KEYS.decodePem(PeerFiles.read(PeerFiles.KEY)).subjectPublicKeyInfo().toByteArray()));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsAKeyWithOneFormOrRefused(byte[] input) {
        PublicKey key;
        try {
            key = Verifying.KEYS.decodeDer(Bytes.copyOf(input));
        } catch (PublicKeyException e) {
            return;
        }
        try {
            if (!Verifying.KEYS.decodeDer(key.subjectPublicKeyInfo()).id().equals(key.id())) {
                throw new AssertionError("its normal form is read as another key");
            }
        } catch (PublicKeyException e) {
            throw new AssertionError("its normal form is refused", e);
        }
    }
}
