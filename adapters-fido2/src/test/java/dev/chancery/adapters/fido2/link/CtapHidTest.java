package dev.chancery.adapters.fido2.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules of FIDO CTAP 2.1 §11.2.4 to §11.2.9, packet by packet; the bytes are worked out by hand from its tables.
class CtapHidTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String CHANNEL = "01020304";

    /// A security key that says what a test has it say.
    private static class Said implements CtapHid.Packets {
        private final List<Bytes> sent = new ArrayList<>();
        private final Deque<Bytes> answers = new ArrayDeque<>();
        private boolean closed;

        Said answering(String... hex) {
            for (String each : hex) {
                Bytes begun = Bytes.fromHex(each);
                answers.add(begun.concat(Bytes.copyOf(new byte[CtapHid.PACKET - begun.size()])));
            }
            return this;
        }

        @Override
        public void send(Bytes packet) {
            sent.add(packet);
            if (sent.size() == 1) { // the nonce is known only now
                answers.addFirst(padded(Bytes.fromHex("ffffffff86001100").slice(0, 7).concat(packet.slice(7, 15)).concat(Bytes.fromHex(CHANNEL + "0205010204"))));
                answers.addFirst(padded(Bytes.fromHex("ffffffff8600110000000000000000" + "0a0b0c0d" + "0205010204")));
            }
        }

        @Override
        public Optional<Bytes> receive(Duration limit) {
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Bytes padded(Bytes begun) {
        return begun.concat(Bytes.copyOf(new byte[CtapHid.PACKET - begun.size()]));
    }

    private static CtapHid open(Said said) throws LinkException {
        CtapHid link = CtapHid.open(said, new SecureRandom());
        assertEquals(1, said.sent.size());
        Bytes init = said.sent.getFirst();
        assertEquals("ffffffff860008", init.slice(0, 7).toHex(), "INIT on the broadcast channel, with a nonce of 8 bytes");
        assertEquals(CtapHid.PACKET, init.size());
        return link;
    }

    @Test
    void aChannelIsTakenOnlyFromTheAnswerWithTheOwnNonce() throws Exception {
        Said said = new Said().answering(CHANNEL + "90000100");
        assertEquals("00", open(said).exchange(Bytes.fromHex("04"), LONG).toHex());
        assertEquals(CHANNEL + "90000104", said.sent.get(1).slice(0, 8).toHex());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "57, 1", "58, 2", "116, 2", "117, 3", "7609, 129"})
    void aMessageIsOnePacketAndContinuationsWithRisingNumbers(int length, int packets) throws Exception {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i % 251);
        }
        Said said = new Said().answering(CHANNEL + "90000100");
        open(said).exchange(Bytes.copyOf(content), LONG);
        List<Bytes> sent = said.sent.subList(1, said.sent.size());
        assertEquals(packets, sent.size());
        Bytes head = sent.getFirst();
        assertEquals(CHANNEL + "90" + String.format("%04x", length), head.slice(0, 7).toHex());
        Bytes carried = head.slice(7, CtapHid.PACKET);
        for (int i = 1; i < sent.size(); i++) {
            assertEquals(CHANNEL + String.format("%02x", i - 1), sent.get(i).slice(0, 5).toHex());
            carried = carried.concat(sent.get(i).slice(5, CtapHid.PACKET));
        }
        assertEquals(Bytes.copyOf(content), carried.slice(0, length));
        assertTrue(carried.slice(length, carried.size()).equals(Bytes.copyOf(new byte[carried.size() - length])), "the rest of the last packet is zero");
    }

    @Test
    void aLongerMessageIsNotSent() throws Exception {
        Said said = new Said();
        CtapHid link = open(said);
        assertEquals(LinkException.Kind.BROKEN, assertThrows(LinkException.class, () -> link.exchange(Bytes.copyOf(new byte[7610]), LONG)).kind());
        assertEquals(1, said.sent.size());
    }

    @Test
    void anAnswerIsPutTogetherOfItsPackets() throws Exception {
        String first = "ab".repeat(57);
        String second = "cd".repeat(59);
        Said said = new Said().answering(CHANNEL + "900075" + first, CHANNEL + "00" + second, CHANNEL + "01" + "ef");
        assertEquals(first + second + "ef", open(said).exchange(Bytes.fromHex("04"), LONG).toHex());
    }

    @Test
    void keepAlivesAndOtherProgramsPacketsArePassedOver() throws Exception {
        Said said = new Said().answering(CHANNEL + "bb000102", "0a0b0c0d90000131", CHANNEL + "bb000101", CHANNEL + "900039" + "ab".repeat(57));
        assertEquals("ab".repeat(57), open(said).exchange(Bytes.fromHex("04"), LONG).toHex());
    }

    @ParameterizedTest
    @CsvSource({"bf000106, another program is using it (ERR_CHANNEL_BUSY)", "bf000105, it answered CTAPHID_ERROR 5", "81000100, 'expected an answer to command 10, found 81'",
        "901dba00, 'expected an answer of at most 7609 bytes, found 7610'", "900000, 'expected a status byte, found an empty answer'"})
    void anAnswerThatIsNoneIsSaid(String packet, String message) throws Exception {
        CtapHid link = open(new Said().answering(CHANNEL + packet));
        LinkException failure = assertThrows(LinkException.class, () -> link.exchange(Bytes.fromHex("04"), LONG));
        assertEquals(LinkException.Kind.BROKEN, failure.kind());
        assertEquals(message, failure.getMessage());
    }

    @Test
    void aContinuationOutOfOrderIsRefused() throws Exception {
        CtapHid link = open(new Said().answering(CHANNEL + "90003b" + "ab".repeat(57), CHANNEL + "01abab"));
        assertEquals("expected the packet with number 0, found 1", assertThrows(LinkException.class, () -> link.exchange(Bytes.fromHex("04"), LONG)).getMessage());
    }

    @Test
    void whenTheTimeIsOverTheSecurityKeyIsToldToStop() throws Exception {
        Said said = new Said();
        CtapHid link = open(said);
        assertEquals(LinkException.Kind.SLOW, assertThrows(LinkException.class, () -> link.exchange(Bytes.fromHex("02"), LONG)).kind());
        assertEquals(CHANNEL + "910000", said.sent.getLast().slice(0, 7).toHex(), "CTAPHID_CANCEL");
    }

    @Test
    void aSecurityKeyWithoutCtap2IsNoneAndIsLetGo() {
        Said said = new Said() {
            @Override
            public void send(Bytes packet) {
                answersWith(packet);
            }

            private void answersWith(Bytes packet) {
                answering("ffffffff860011" + packet.slice(7, 15).toHex() + CHANNEL + "0205010201");
            }
        };
        assertEquals(LinkException.Kind.NOT_ONE, assertThrows(LinkException.class, () -> CtapHid.open(said, new SecureRandom())).kind());
        assertTrue(said.closed);
    }
}
