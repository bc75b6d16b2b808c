package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What this process and the one that hosts a module say to each other, over the helper's standard input and output.
///
/// A message is its length (4 bytes), a number that an answer repeats (8 bytes), and a body. A question's body begins with its [Op], an
/// answer's with a [Status]. Numbers are big-endian; byte strings and texts (UTF-8) come with their length before them. Both ends are of one
/// program, so that there are no versions. Bodies may hold a PIN and are overwritten after use.
final class Wire {
    /// The longest body: a message to sign, and room around it.
    private static final int MAX_BODY = 32 * 1024 * 1024;

    private Wire() {}

    /// What can be asked.
    enum Op {
        LOAD, DESCRIBE, SLOTS, TOKENS, TOKEN, MECHANISMS, OPEN, LOGIN, LOGOUT, ALIVE, FIND, VALUE, SIGN, SIGN_AUTHENTICATED, GENERATE, SET, DESTROY, CLOSE
    }

    /// How an answer begins.
    enum Status {
        /// What was asked for follows.
        DONE,
        /// A function's name and its return value follow.
        REFUSED,
        /// A text follows: the file is no module, or lacks a function.
        UNUSABLE,
    }

    /// A message. Its body may hold a PIN.
    static final class Message {
        private final long number;
        private final byte[] body;

        private Message(long number, byte[] body) {
            this.number = number;
            this.body = body;
        }

        long number() {
            return number;
        }

        DataInputStream reader() {
            return new DataInputStream(new ByteArrayInputStream(body));
        }

        void wipe() {
            Arrays.fill(body, (byte) 0);
        }
    }

    /// Writes a body.
    @FunctionalInterface
    interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /// A buffer that can be overwritten.
    private static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(4096); // large enough never to leave a copy of a PIN behind by growing
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }

    /// Sends a message at once. One at a time on a stream.
    static void send(DataOutputStream to, long number, Body body) throws IOException {
        Buffer buffer = new Buffer();
        try {
            body.writeTo(new DataOutputStream(buffer));
            to.writeInt(buffer.size());
            to.writeLong(number);
            buffer.writeTo(to);
            to.flush();
        } finally {
            buffer.wipe();
        }
    }

    /// The next message. Blocks.
    ///
    /// @throws java.io.EOFException when the other side has ended
    static Message receive(DataInputStream from) throws IOException {
        int length = from.readInt();
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("a message of " + length + " bytes");
        }
        long number = from.readLong();
        byte[] body = new byte[length];
        from.readFully(body);
        return new Message(number, body);
    }

    static void bytes(DataOutputStream out, Bytes value) throws IOException {
        out.writeInt(value.size());
        value.writeTo(out);
    }

    static Bytes bytes(DataInputStream in) throws IOException {
        return Bytes.copyOf(octets(in));
    }

    private static byte[] octets(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("a value of " + length + " bytes");
        }
        return in.readNBytes(length);
    }

    static void name(DataOutputStream out, Enum<?> value) throws IOException {
        text(out, value.name());
    }

    static void text(DataOutputStream out, String value) throws IOException {
        byte[] octets = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets.length);
        out.write(octets);
    }

    static String text(DataInputStream in) throws IOException {
        return new String(octets(in), StandardCharsets.UTF_8);
    }

    static void pin(DataOutputStream out, @Nullable Pin pinOrNull) throws IOException {
        out.writeBoolean(pinOrNull != null);
        if (pinOrNull != null) {
            byte[] octets = PinText.utf8(pinOrNull);
            out.writeInt(octets.length);
            out.write(octets);
            Arrays.fill(octets, (byte) 0);
        }
    }

    /// The caller closes it.
    static @Nullable Pin pin(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        byte[] octets = octets(in);
        CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
        char[] exact = new char[characters.remaining()];
        characters.get(exact);
        Pin pin = Pin.copyOf(exact);
        Arrays.fill(exact, '\0');
        Arrays.fill(characters.array(), '\0');
        Arrays.fill(octets, (byte) 0);
        return pin;
    }

    static void template(DataOutputStream out, Template template) throws IOException {
        out.writeInt(template.attributes().size());
        for (Template.Attribute attribute : template.attributes()) {
            out.writeLong(attribute.type());
            bytes(out, attribute.value());
        }
    }

    static Template template(DataInputStream in) throws IOException {
        Template template = new Template();
        for (int left = in.readInt(); left > 0; left--) {
            template.with(in.readLong(), bytes(in));
        }
        return template;
    }

    static void mechanism(DataOutputStream out, Mechanism mechanism) throws IOException {
        out.writeLong(mechanism.type());
        out.writeBoolean(mechanism.pss());
    }

    static Mechanism mechanism(DataInputStream in) throws IOException {
        return new Mechanism(in.readLong(), in.readBoolean());
    }

    static void token(DataOutputStream out, TokenInfo token) throws IOException {
        out.writeLong(token.slot());
        text(out, token.label());
        text(out, token.manufacturer());
        text(out, token.model());
        text(out, token.serial());
        out.writeLong(token.flags());
        out.writeLong(token.maxSessions());
        out.writeLong(token.sessions());
        out.writeLong(token.maxPinLength());
        out.writeLong(token.minPinLength());
        text(out, token.hardwareVersion());
        text(out, token.firmwareVersion());
        text(out, token.utcTime());
    }

    static TokenInfo token(DataInputStream in) throws IOException {
        return new TokenInfo(in.readLong(), text(in), text(in), text(in), text(in), in.readLong(), in.readLong(), in.readLong(), in.readLong(),
                in.readLong(), text(in), text(in), text(in));
    }
}
