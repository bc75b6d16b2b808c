package dev.chancery.adapters.fido2.link;

import dev.chancery.domain.bytes.Bytes;
import java.time.Duration;

/// CTAP2 messages in APDUs: FIDO CTAP 2.1 §11.3. Commands go in short APDUs, chained, which every security key takes; long answers are fetched
/// in parts; a security key that waits for its user may say so, and is asked again.
final class PcscLink implements CtapLink {
    /// §11.3.3: the FIDO applet.
    static final Bytes SELECT = Bytes.fromHex("00a4040008a0000006472f000100");

    private static final Duration SELECTING = Duration.ofSeconds(3);
    private static final int MAX_ANSWER = 64 * 1024;
    private static final int CHUNK = 255;
    private static final int CHAINED = 0x90;
    private static final int LAST = 0x80;
    private static final int MESSAGE = 0x10;
    private static final int GET_RESPONSE = 0x11;
    private static final int CANCEL = 0x11;
    private static final int MAY_WAIT = 0x80;
    private static final int DONE = 0x9000;
    private static final int STATUS_UPDATE = 0x9100;
    private static final int MORE = 0x61;

    private final Apdus apdus;

    private PcscLink(Apdus apdus) {
        this.apdus = apdus;
    }

    /// A card that takes command APDUs.
    interface Apdus extends AutoCloseable {
        /// Sends one.
        ///
        /// @return the response with its status word
        /// @throws LinkException when the card is gone, or too slow
        Bytes transmit(Bytes apdu, Duration limit) throws LinkException;

        @Override
        void close();
    }

    /// Selects the FIDO applet. The card is let go when that fails.
    ///
    /// @throws LinkException when there is none
    static PcscLink select(Apdus apdus) throws LinkException {
        boolean selected = false;
        try {
            PcscLink link = new PcscLink(apdus);
            Answer answer = link.whole(SELECT, System.nanoTime() + SELECTING.toNanos());
            if (answer.status() != DONE) {
                throw LinkException.notOne("the card has no FIDO applet: " + hex(answer.status()));
            }
            selected = true;
            return link;
        } finally {
            if (!selected) {
                apdus.close();
            }
        }
    }

    private record Answer(Bytes content, int status) {}

    @Override
    public Bytes exchange(Bytes command, Duration limit) throws LinkException {
        long end = System.nanoTime() + limit.toNanos();
        int at = 0;
        for (; command.size() - at > CHUNK; at += CHUNK) {
            Answer taken = whole(apdu(CHAINED, MESSAGE, MAY_WAIT, command.slice(at, at + CHUNK)), end);
            if (taken.status() != DONE) {
                throw LinkException.broken("expected 9000 for a part of a command, found " + hex(taken.status()));
            }
        }
        Answer answer = whole(apdu(LAST, MESSAGE, MAY_WAIT, command.slice(at, command.size())), end);
        while (answer.status() == STATUS_UPDATE) {
            boolean late = end - System.nanoTime() <= 0;
            answer = whole(apdu(LAST, GET_RESPONSE, late ? CANCEL : 0, Bytes.empty()), late ? System.nanoTime() + SELECTING.toNanos() : end);
            if (late) {
                throw LinkException.slow("no answer came in time");
            }
        }
        if (answer.status() != DONE) {
            throw LinkException.broken("expected 9000, found " + hex(answer.status()));
        }
        if (answer.content().isEmpty()) {
            throw LinkException.broken("expected a status byte, found an empty answer");
        }
        return answer.content();
    }

    /// An answer with all its parts (ISO 7816-4 §5.3.4).
    private Answer whole(Bytes apdu, long end) throws LinkException {
        Bytes content = Bytes.empty();
        Bytes next = apdu;
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw LinkException.slow("no answer came in time");
            }
            Bytes answer = apdus.transmit(next, Duration.ofNanos(left));
            int size = answer.size();
            if (size < 2) {
                throw LinkException.broken("expected a status word, found " + size + " bytes");
            }
            content = content.concat(answer.slice(0, size - 2));
            if (answer.at(size - 2) != MORE) {
                return new Answer(content, answer.at(size - 2) << 8 | answer.at(size - 1));
            }
            if (content.size() > MAX_ANSWER) {
                throw LinkException.broken("expected an answer of at most " + MAX_ANSWER + " bytes, found more");
            }
            next = Bytes.copyOf(new byte[] {0, (byte) 0xc0, 0, 0, (byte) answer.at(size - 1)});
        }
    }

    private static Bytes apdu(int type, int instruction, int option, Bytes content) {
        Bytes head = Bytes.copyOf(new byte[] {(byte) type, (byte) instruction, (byte) option, 0});
        Bytes expected = Bytes.copyOf(new byte[1]); // Le: up to 256
        return content.isEmpty() ? head.concat(expected) : head.concat(Bytes.copyOf(new byte[] {(byte) content.size()})).concat(content).concat(expected);
    }

    private static String hex(int status) {
        return Integer.toHexString(status);
    }

    @Override
    public void close() {
        apdus.close();
    }
}
