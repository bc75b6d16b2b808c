package dev.chancery.formats.sigstore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachedSignatureTest {
    private static Bytes read(String text) throws FormatException {
        return DetachedSignature.read(Bytes.ofUtf8(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AP8=", "AP8=\n", " AP8=\r\n"})
    void whiteSpaceAroundItIsPassedOver(String text) throws FormatException {
        assertEquals(Bytes.fromHex("00ff"), read(text));
    }

    @Test
    void itIsWrittenWithoutALineBreakAsCosignDoes() {
        assertEquals(Bytes.ofUtf8("AP8="), DetachedSignature.write(Bytes.fromHex("00ff")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "AP8", "AP9=", "AP\n8=", "_w==", "AP8= AP8="})
    void anythingElseIsRefused(String text) {
        Refusal.expect(ErrorCode.BASE64_MALFORMED, () -> read(text));
    }

    @Test
    void theBytesOfASignatureAreNotItsBase64() {
        Refusal.expect(ErrorCode.NOT_UTF8, () -> DetachedSignature.read(Bytes.fromHex("30450221ff")));
    }

    @Test
    void sixteenKibibytesAreReadAndNoMore() throws FormatException {
        String most = "AAAA".repeat(DetachedSignature.MAX_LENGTH / 4);
        assertEquals(12 * 1024, read(most).size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(most + "\n"));
    }
}
