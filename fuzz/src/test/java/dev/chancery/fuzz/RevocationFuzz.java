package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.certificate.RevocationException;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedList;
import dev.chancery.testkit.forge.ForgedResponse;
import dev.chancery.testkit.forge.ForgedServices;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each input is read as a revocation list and as an OCSP response about one certificate.
class RevocationFuzz {
    private static final ForgedAuthority AUTHORITY = ForgedAuthority.root("CN=own root", ForgedList.FOR_LISTS);
    private static final ForgedAuthority RESPONDER = AUTHORITY.subordinate("CN=responder", ForgedResponse.FOR_RESPONSES);
    private static final ForgedServices SERVICES = ForgedServices.make().withAuthority(AUTHORITY, AUTHORITY);
    private static final Bytes CERTIFICATE = SERVICES.certificate().issue();

    static Stream<Arguments> seeds() {
        return Stream.of(
                        ForgedList.by(AUTHORITY).issue(),
                        ForgedList.by(AUTHORITY).revoking(ForgedCertificate.SERIAL_NUMBER, ForgedCertificate.START, 1, ForgedCertificate.START).withStrangeEntry().issue(),
                        ForgedResponse.by(AUTHORITY).issue(),
                        ForgedResponse.by(AUTHORITY, RESPONDER).revoked(ForgedCertificate.START, 4).issue(),
                        ForgedResponse.by(AUTHORITY, RESPONDER).unknown().issue())
                .map(seed -> Arguments.of((Object) seed.toByteArray()));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsAListOrAResponseOrRefused(byte[] input) {
        Bytes bytes = Bytes.copyOf(input);
        try {
            Verifying.REVOCATIONS.ofList(bytes, CERTIFICATE, AUTHORITY.der());
        } catch (RevocationException e) {
            // refused
        }
        try {
            Verifying.REVOCATIONS.ofResponse(bytes, CERTIFICATE, AUTHORITY.der());
        } catch (RevocationException e) {
            // refused
        }
    }
}
