package dev.chancery.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.cbor.CborReader;
import dev.chancery.formats.cbor.CborWriter;
import dev.chancery.formats.webauthn.Registration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CborReaderFuzz {
    static Stream<Arguments> seeds() {
        return Stream.of("a201020304", "a363666d74646e6f6e656761747453746d74a068617574684461746140", "8301820203820405").map(hex -> Arguments.of(Bytes.fromHex(hex).toByteArray()));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void whatASecurityKeyAnswersIsReadOrRefused(byte[] input) throws CborException {
        Cbor value;
        try {
            value = CborReader.read(Bytes.copyOf(input));
        } catch (CborException e) {
            return; // refused
        }
        assertEquals(value, CborReader.read(CborWriter.write(value)));
        try {
            Registration.read(Bytes.copyOf(input));
        } catch (CborException e) {
            // refused
        }
    }
}
