package dev.chancery.adapters.fido2.link;

import dev.chancery.domain.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/// CTAP2 messages in USB HID reports: FIDO CTAP 2.1 §11.2. A message is one initialisation packet and up to 128 continuations, on a channel
/// that the security key gave out. Several programs may be talking to it, and each sees the others' packets: those are passed over.
final class CtapHid implements CtapLink {
    /// §11.2.4: the usual report.
    static final int PACKET = 64;

    /// The longest message, §11.2.4: 64 - 7 + 128 * (64 - 5).
    static final int MAX_MESSAGE = 7609;

    static final int BROADCAST = 0xffff_ffff;
    static final int PING = 0x01;
    static final int INIT = 0x06;
    static final int CBOR = 0x10;
    static final int CANCEL = 0x11;
    static final int KEEPALIVE = 0x3b;
    static final int ERROR = 0x3f;
    static final int CAPABILITY_CBOR = 0x04;

    private static final int INITIAL = 0x80;
    private static final int INIT_HEAD = 7;
    private static final int MORE_HEAD = 5;
    private static final int NONCE = 8;
    private static final int INIT_ANSWER = 17;
    private static final int BUSY = 0x06;
    private static final Duration SETTING_UP = Duration.ofSeconds(3);
    private static final Duration AFTER_CANCEL = Duration.ofSeconds(1);

    private final Packets packets;
    private final int channel;

    private CtapHid(Packets packets, int channel) {
        this.packets = packets;
        this.channel = channel;
    }

    /// Reports of 64 bytes, to and from a security key.
    interface Packets extends AutoCloseable {
        /// Sends one.
        ///
        /// @throws LinkException when the security key is gone
        void send(Bytes packet) throws LinkException;

        /// Waits for one.
        ///
        /// @return nothing when none came in time
        /// @throws LinkException when the security key is gone
        Optional<Bytes> receive(Duration limit) throws LinkException;

        @Override
        void close();
    }

    /// Gets a channel (§11.2.9.1.3, CTAPHID_INIT). The packets are closed when that fails.
    ///
    /// @throws LinkException when none is given, or the security key doesn't know CTAP2
    static CtapHid open(Packets packets, SecureRandom random) throws LinkException {
        boolean opened = false;
        try {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            int channel = channel(packets, Bytes.copyOf(nonce));
            opened = true;
            return new CtapHid(packets, channel);
        } finally {
            if (!opened) {
                packets.close();
            }
        }
    }

    private static int channel(Packets packets, Bytes nonce) throws LinkException {
        CtapHid broadcast = new CtapHid(packets, BROADCAST);
        long end = System.nanoTime() + SETTING_UP.toNanos();
        broadcast.send(INIT, nonce);
        while (true) {
            Bytes answer = broadcast.answer(INIT, end);
            if (answer.size() < INIT_ANSWER) {
                throw LinkException.broken("expected 17 bytes in answer to CTAPHID_INIT, found " + answer.size());
            }
            if (answer.startsWith(nonce)) { // else it is for another program that began at the same time
                if ((answer.at(INIT_ANSWER - 1) & CAPABILITY_CBOR) == 0) {
                    throw LinkException.notOne("it knows U2F only, not CTAP2");
                }
                return number(answer, NONCE);
            }
        }
    }

    @Override
    public Bytes exchange(Bytes command, Duration limit) throws LinkException {
        long end = System.nanoTime() + limit.toNanos();
        send(CBOR, command);
        try {
            Bytes answer = answer(CBOR, end);
            if (answer.isEmpty()) {
                throw LinkException.broken("expected a status byte, found an empty answer");
            }
            return answer;
        } catch (LinkException e) {
            if (e.kind() == LinkException.Kind.SLOW) {
                cancel();
            }
            throw e;
        }
    }

    /// §11.2.9.1.5: the security key ends the command that waits, and answers it with an error, which is of no interest any more.
    private void cancel() throws LinkException {
        send(CANCEL, Bytes.empty());
        try {
            answer(CBOR, System.nanoTime() + AFTER_CANCEL.toNanos());
        } catch (LinkException e) {
            if (e.kind() == LinkException.Kind.GONE) {
                throw e;
            }
        }
    }

    private void send(int command, Bytes content) throws LinkException {
        if (content.size() > MAX_MESSAGE) {
            throw LinkException.broken("expected a message of at most " + MAX_MESSAGE + " bytes, found " + content.size());
        }
        int room = PACKET - INIT_HEAD;
        int sent = Math.min(room, content.size());
        packets.send(packet(Bytes.copyOf(new byte[] {(byte) (INITIAL | command), (byte) (content.size() >> 8), (byte) content.size()}), content.slice(0, sent)));
        for (int sequence = 0; sent < content.size(); sequence++) {
            int end = Math.min(content.size(), sent + PACKET - MORE_HEAD);
            packets.send(packet(Bytes.copyOf(new byte[] {(byte) sequence}), content.slice(sent, end)));
            sent = end;
        }
    }

    private Bytes packet(Bytes head, Bytes part) {
        Bytes begun = Bytes.copyOf(new byte[] {(byte) (channel >> 24), (byte) (channel >> 16), (byte) (channel >> 8), (byte) channel}).concat(head).concat(part);
        return begun.concat(Bytes.copyOf(new byte[PACKET - begun.size()]));
    }

    private Bytes answer(int command, long end) throws LinkException {
        Bytes first = first(command, end);
        int length = first.at(5) << 8 | first.at(6);
        if (length > MAX_MESSAGE) {
            throw LinkException.broken("expected an answer of at most " + MAX_MESSAGE + " bytes, found " + length);
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream(length);
        answer.writeBytes(first.slice(INIT_HEAD, INIT_HEAD + Math.min(length, PACKET - INIT_HEAD)).toByteArray());
        for (int sequence = 0; answer.size() < length; sequence++) {
            Bytes next = next(end);
            if (next.at(4) != sequence) {
                throw LinkException.broken("expected the packet with number " + sequence + ", found " + next.at(4));
            }
            answer.writeBytes(next.slice(MORE_HEAD, MORE_HEAD + Math.min(length - answer.size(), PACKET - MORE_HEAD)).toByteArray());
        }
        return Bytes.copyOf(answer.toByteArray());
    }

    /// Passes keep-alives over (§11.2.9.2.1): they only say that the security key lives, at least every 100 ms.
    private Bytes first(int command, long end) throws LinkException {
        while (true) {
            Bytes packet = next(end);
            int found = packet.at(4);
            if (found == (INITIAL | KEEPALIVE)) {
                continue;
            }
            if (found == (INITIAL | ERROR)) {
                int code = packet.at(INIT_HEAD);
                throw LinkException.broken(code == BUSY ? "another program is using it (ERR_CHANNEL_BUSY)" : "it answered CTAPHID_ERROR " + Integer.toHexString(code));
            }
            if (found != (INITIAL | command)) {
                throw LinkException.broken("expected an answer to command " + Integer.toHexString(command) + ", found " + Integer.toHexString(found));
            }
            return packet;
        }
    }

    /// The next packet of this channel.
    private Bytes next(long end) throws LinkException {
        while (true) {
            long left = end - System.nanoTime();
            Bytes packet = (left <= 0 ? Optional.<Bytes>empty() : packets.receive(Duration.ofNanos(left)))
                    .orElseThrow(() -> LinkException.slow("no answer came in time"));
            if (packet.size() != PACKET) {
                throw LinkException.broken("expected packets of " + PACKET + " bytes, found one of " + packet.size());
            }
            if (number(packet, 0) == channel) {
                return packet;
            }
        }
    }

    private static int number(Bytes bytes, int at) {
        return bytes.at(at) << 24 | bytes.at(at + 1) << 16 | bytes.at(at + 2) << 8 | bytes.at(at + 3);
    }

    @Override
    public void close() {
        packets.close();
    }
}
