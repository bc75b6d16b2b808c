package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.testkit.peers.PeerFiles;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateReaderFuzz {
    static Stream<Arguments> seeds() {
        return PeerFiles.KEYLESS.stream().map(name -> {
            try {
                return Arguments.of((Object) ((KeyMaterial.Certificates) BundleCodec.read(PeerFiles.bundle(name)).keyMaterial()).leaf().toByteArray());
            } catch (FormatException e) {
                throw new AssertionError(e);
            }
        });
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsACertificateOrRefused(byte[] input) {
        try {
            SigningCertificate certificate = Verifying.CERTIFICATES.read(Bytes.copyOf(input));
            if (!certificate.der().equals(Bytes.copyOf(input))) {
                throw new AssertionError("it holds other bytes than were read");
            }
        } catch (CertificateException e) {
            // refused
        }
    }
}
