package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.webauthn.AuthenticatorData;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.webauthn.ClientData;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecurityKeyFuzz {
    static Stream<Arguments> seeds() {
        return Ceremonies.seeds(Bytes.ofUtf8("{\"type\":\"webauthn.get\",\"challenge\":\"AA\",\"origin\":\"https://a.test\",\"crossOrigin\":false}"),
                Bytes.fromHex("00".repeat(37)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void whatASecurityKeySaysIsReadOrRefused(byte[] input) {
        AuthenticatorData.read(Bytes.copyOf(input));
        try {
            ClientData.read(Bytes.copyOf(input));
        } catch (FormatException e) {
            // refused
        }
    }
}
