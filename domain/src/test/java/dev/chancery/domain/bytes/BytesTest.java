package dev.chancery.domain.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    /// Every text of up to five characters of an alphabet that has each kind: letters whose unused bits are zero or not, padding, others.
    @Test
    void base64IsReadWhenItIsWhatWouldBeWritten() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            for (char c : text.length() < 5 ? "AQg/=-\n".toCharArray() : new char[0]) {
                texts.add(text + c);
            }
            assertEquals(canonical(text), read(text), text);
            assertEquals(canonical("AAAA" + text), read("AAAA" + text), text);
        }
    }

    /// Every sequence of up to five bytes of an alphabet that has each kind: those of the replacement character, leading and following bytes, and
    /// what never stands in UTF-8. The JDK's strict decoder is the measure.
    @Test
    void whatIsUtf8IsReadAndNothingElse() {
        byte[] alphabet = HexFormat.of().parseHex("4180bfbdefc2e2eda0f09ff4ff");
        for (int length = 0; length <= 5; length++) {
            byte[] sequence = new byte[length];
            long all = Math.round(Math.pow(alphabet.length, length));
            for (long number = 0; number < all; number++) {
                long rest = number;
                for (int i = 0; i < length; i++, rest /= alphabet.length) {
                    sequence[i] = alphabet[(int) (rest % alphabet.length)];
                }
                assertEquals(strictlyDecoded(sequence), Bytes.copyOf(sequence).utf8());
            }
        }
    }

    private static Optional<String> strictlyDecoded(byte[] sequence) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sequence)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Bytes> canonical(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(decoded).equals(text) ? Optional.of(Bytes.copyOf(decoded)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Bytes> read(String text) {
        try {
            return Optional.of(Bytes.fromBase64(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "ü€😀", "\ufffd", "a\ufffdb", "?"})
    void textKeepsItsValueThroughUtf8(String text) {
        assertEquals(Optional.of(text), Bytes.ofUtf8(text).utf8());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "eda0bd", "f4908080", "e282", "efbfbdff", "61e28261"})
    void whatIsNotUtf8HasNoText(String hex) {
        assertEquals(Optional.empty(), Bytes.fromHex(hex).utf8());
    }

    @Test
    void anUnpairedSurrogateHasNoBytes() {
        for (String text : List.of("\ud83d", "a\ude00", "\ude00\ud83d", "?\ud83d", "ü\ud83dx")) {
            assertThrows(IllegalArgumentException.class, () -> Bytes.ofUtf8(text));
        }
    }
}
