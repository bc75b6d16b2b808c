package dev.chancery.adapters.fido2.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rules of FIDO CTAP 2.1 §11.3 and ISO 7816-4, APDU by APDU.
class PcscLinkTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SELECTED = "4649444f5f325f309000"; // FIDO_2_0

    /// A card that says what a test has it say.
    private static final class Said implements PcscLink.Apdus {
        private final List<String> sent = new ArrayList<>();
        private final Deque<String> answers = new ArrayDeque<>();
        private boolean closed;

        Said(String... answers) {
            this.answers.addAll(List.of(answers));
        }

        @Override
        public Bytes transmit(Bytes apdu, Duration limit) {
            sent.add(apdu.toHex());
            return Bytes.fromHex(answers.remove());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void theAppletIsSelectedAndACommandIsOneApdu() throws Exception {
        Said card = new Said(SELECTED, "00a09000");
        assertEquals("00a0", PcscLink.select(card).exchange(Bytes.fromHex("04"), LONG).toHex());
        assertEquals(List.of("00a4040008a0000006472f000100", "80108000010400"), card.sent);
    }

    @Test
    void aLongCommandIsChainedAndALongAnswerIsFetched() throws Exception {
        Said card = new Said(SELECTED, "9000", "00aa6102", "bbcc9000");
        assertEquals("00aabbcc", PcscLink.select(card).exchange(Bytes.fromHex("01" + "dd".repeat(255)), LONG).toHex());
        assertEquals(List.of("90108000ff01" + "dd".repeat(254) + "00", "8010800001dd00", "00c0000002"), card.sent.subList(1, 4));
    }

    @Test
    void aSecurityKeyThatWaitsForItsUserIsAskedAgain() throws Exception {
        Said card = new Said(SELECTED, "029100", "029100", "009000");
        assertEquals("00", PcscLink.select(card).exchange(Bytes.fromHex("02"), LONG).toHex());
        assertEquals(List.of("8011000000", "8011000000"), card.sent.subList(2, 4));
    }

    @Test
    void aCardWithoutTheAppletIsNoneAndIsLetGo() {
        Said card = new Said("6a82");
        assertEquals(LinkException.Kind.NOT_ONE, assertThrows(LinkException.class, () -> PcscLink.select(card)).kind());
        assertTrue(card.closed);
    }

    @Test
    void anotherStatusIsSaid() throws Exception {
        PcscLink link = PcscLink.select(new Said(SELECTED, "6700"));
        assertEquals("expected 9000, found 6700", assertThrows(LinkException.class, () -> link.exchange(Bytes.fromHex("04"), LONG)).getMessage());
        PcscLink empty = PcscLink.select(new Said(SELECTED, "9000"));
        assertEquals("expected a status byte, found an empty answer", assertThrows(LinkException.class, () -> empty.exchange(Bytes.fromHex("04"), LONG)).getMessage());
    }
}
