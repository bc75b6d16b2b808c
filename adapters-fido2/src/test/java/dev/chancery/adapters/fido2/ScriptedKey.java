package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.link.CtapLink;
import dev.chancery.adapters.fido2.link.SecurityKeyPort;
import dev.chancery.adapters.fido2.link.SecurityKeyPorts;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A security key that answers as a test says, one answer after the other, after it has said what it is.
final class ScriptedKey implements CtapLink {
    private static final Cbor TRUE = new Cbor.Bool(true);
    private static final Bytes OK = Bytes.fromHex("00");

    final List<Bytes> commands = new ArrayList<>();
    private final Deque<Bytes> answers = new ArrayDeque<>();
    private boolean closed;

    /// @param pin whether it has a PIN
    ScriptedKey(boolean pin) {
        Cbor.Map info = Cbor.map().put(1, new Cbor.Array(List.of(new Cbor.Text("FIDO_2_1"))))
                .put(3, new Cbor.ByteString(Bytes.fromHex("000102030405060708090a0b0c0d0e0f")))
                .put(4, Cbor.map().put("rk", TRUE).put("clientPin", new Cbor.Bool(pin)).put("pinUvAuthToken", TRUE).build())
                .put(6, new Cbor.Array(List.of(new Cbor.Int(2), new Cbor.Int(1)))).build();
        answers.add(OK.concat(CborWriter.write(info)));
    }

    /// Then it refuses.
    ScriptedKey refusing(int status) {
        answers.add(Bytes.copyOf(new byte[] {(byte) status}));
        return this;
    }

    /// Then it answers.
    ScriptedKey answering(Cbor.Map answer) {
        answers.add(OK.concat(CborWriter.write(answer)));
        return this;
    }

    /// Then it says that it has the credential.
    ScriptedKey having() {
        return refusing(0);
    }

    /// How many wrong PINs it would still take.
    ScriptedKey retries(int left, boolean powerCycle) {
        return answering(Cbor.map().put(3, new Cbor.Int(left)).put(4, new Cbor.Bool(powerCycle)).build());
    }

    /// The base point of P-256 as its key (SEC 2 §2.4.2).
    ScriptedKey agreeing() {
        return answering(Cbor.map().put(1, Cbor.map().put(1, new Cbor.Int(2)).put(3, new Cbor.Int(-25)).put(-1, new Cbor.Int(1))
                .put(-2, new Cbor.ByteString(Bytes.fromHex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")))
                .put(-3, new Cbor.ByteString(Bytes.fromHex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"))).build()).build());
    }

    /// The places where keys are.
    static List<SecurityKeyPorts> places(ScriptedKey... keys) {
        List<SecurityKeyPort> ports = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            ScriptedKey key = keys[i];
            ports.add(new SecurityKeyPort("test:" + i, () -> key));
        }
        return List.of(() -> new SecurityKeyPorts.Seen(ports, List.of()));
    }

    boolean closed() {
        return closed;
    }

    @Override
    public Bytes exchange(Bytes command, Duration limit) {
        commands.add(command);
        return answers.remove();
    }

    @Override
    public void close() {
        closed = true;
    }
}
