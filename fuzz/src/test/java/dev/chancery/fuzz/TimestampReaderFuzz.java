package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.testkit.peers.PeerFiles;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TimestampReaderFuzz {
    static Stream<Arguments> seeds() {
        return PeerFiles.KEYLESS.stream().flatMap(name -> {
            try {
                return BundleCodec.read(PeerFiles.bundle(name)).timestamps().stream();
            } catch (FormatException e) {
                throw new AssertionError(e);
            }
        }).map(timestamp -> Arguments.of((Object) timestamp.toByteArray()));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsATimestampOrRefused(byte[] input) {
        try {
            Verifying.TIMESTAMPS.read(Bytes.copyOf(input));
        } catch (CertificateException e) {
            // refused
        }
    }
}
