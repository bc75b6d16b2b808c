package dev.chancery.adapters.fido2.ctap;

import dev.chancery.adapters.fido2.link.CtapLink;
import dev.chancery.adapters.fido2.link.LinkException;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.cbor.CborReader;
import dev.chancery.formats.cbor.CborWriter;
import dev.chancery.formats.webauthn.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The commands of one security key (CTAP 2.1 §6). For one thread; closing it closes the way to the security key.
public final class Ctap implements AutoCloseable {
    private static final int MAKE_CREDENTIAL = 0x01;
    private static final int GET_ASSERTION = 0x02;
    private static final int GET_INFO = 0x04;

    private final CtapLink link;
    private final Duration limit;

    /// @param limit how long one command may take, the wait for a touch included
    public Ctap(CtapLink link, Duration limit) {
        this.link = link;
        this.limit = limit;
    }

    /// Sends a command.
    ///
    /// @param parametersOrNull nothing for a command that has none
    /// @throws CtapException when the status isn't 0, or no sound answer comes
    Cbor.Map call(int command, Cbor.@Nullable Map parametersOrNull) throws CtapException {
        Bytes request = Bytes.copyOf(new byte[] {(byte) command});
        try {
            Bytes answer = link.exchange(parametersOrNull == null ? request : request.concat(CborWriter.write(parametersOrNull)), limit);
            if (answer.at(0) != 0) {
                throw CtapException.refused(answer.at(0));
            }
            return answer.size() == 1 ? Cbor.map().build() : CborReader.readMap(answer.slice(1, answer.size()));
        } catch (LinkException e) {
            throw CtapException.of(e);
        } catch (CborException e) {
            throw CtapException.of(e);
        }
    }

    /// What the security key says of itself.
    ///
    /// @throws CtapException when it fails
    public AuthenticatorInfo info() throws CtapException {
        try {
            return AuthenticatorInfo.read(call(GET_INFO, null));
        } catch (CborException e) {
            throw CtapException.of(e);
        }
    }

    /// What a credential is made for.
    ///
    /// @param name the user's name, as the security key shows it
    /// @param userId a random one
    /// @param algorithm of COSE: -7 or -8
    /// @param resident whether the security key shall remember it (a discoverable credential)
    public record Making(String rpId, String name, Bytes userId, long algorithm, boolean resident) {}

    /// Makes a credential (§6.1). Waits for a touch.
    ///
    /// @param clientDataHash SHA-256 of the client data
    /// @param tokenOrNull where the user is verified
    /// @throws CtapException when the security key or its user refuses
    public Registration makeCredential(Making making, Bytes clientDataHash, @Nullable PinToken tokenOrNull) throws CtapException {
        Cbor.Builder parameters = Cbor.map()
                .put(1, new Cbor.ByteString(clientDataHash))
                .put(2, Cbor.map().put("id", new Cbor.Text(making.rpId())).put("name", new Cbor.Text(making.rpId())).build())
                .put(3, Cbor.map().put("id", new Cbor.ByteString(making.userId())).put("name", new Cbor.Text(making.name()))
                        .put("displayName", new Cbor.Text(making.name())).build())
                .put(4, new Cbor.Array(List.of(Cbor.map().put("alg", new Cbor.Int(making.algorithm())).put("type", new Cbor.Text("public-key")).build())));
        if (making.resident()) {
            parameters.put(7, Cbor.map().put("rk", new Cbor.Bool(true)).build());
        }
        if (tokenOrNull != null) {
            parameters.put(8, new Cbor.ByteString(tokenOrNull.authenticate(clientDataHash))).put(9, new Cbor.Int(tokenOrNull.protocol()));
        }
        Cbor.Map answer = call(MAKE_CREDENTIAL, parameters.build());
        try {
            return Registration.read(answer.text(1), answer.bytes(2), answer.map(3));
        } catch (CborException e) {
            throw CtapException.of(e);
        }
    }

    /// What a security key answers when it approves.
    ///
    /// @param credentialOrNull which of its credentials did; null where only one was asked for, and it left that out
    /// @param credentials how many it has for the relying party; 1 where it was asked for one
    public record Approval(@Nullable Bytes credentialOrNull, Bytes authenticatorData, Bytes signature, long credentials) {}

    /// Approves (§6.2). Waits for a touch.
    ///
    /// @param credential which is asked; nothing for any that it remembers for the relying party
    /// @param tokenOrNull where the user is verified
    /// @throws CtapException with [CtapStatus#NO_CREDENTIALS] when it has no such credential
    public Approval getAssertion(String rpId, Bytes clientDataHash, Optional<Bytes> credential, @Nullable PinToken tokenOrNull) throws CtapException {
        Cbor.Builder parameters = asking(rpId, clientDataHash, credential);
        if (tokenOrNull != null) {
            parameters.put(6, new Cbor.ByteString(tokenOrNull.authenticate(clientDataHash))).put(7, new Cbor.Int(tokenOrNull.protocol()));
        }
        Cbor.Map answer = call(GET_ASSERTION, parameters.build());
        try {
            Bytes id = answer.get(1).orElse(null) instanceof Cbor.Map descriptor ? descriptor.bytes("id") : null;
            return new Approval(id, answer.bytes(2), answer.bytes(3), answer.get(5).isPresent() ? answer.integer(5) : 1);
        } catch (CborException e) {
            throw CtapException.of(e);
        }
    }

    /// Whether the security key has a credential, without a touch and without a PIN: an approval with the option `up` off, which proves nothing to anybody
    /// (§6.2.1, *pre-flight*).
    ///
    /// @param clientDataHash of nothing that anybody wants approved
    /// @throws CtapException when it fails
    public boolean has(String rpId, Bytes clientDataHash, Optional<Bytes> credential) throws CtapException {
        try {
            call(GET_ASSERTION, asking(rpId, clientDataHash, credential).put(5, Cbor.map().put("up", new Cbor.Bool(false)).build()).build());
            return true;
        } catch (CtapException e) {
            if (e.is(CtapStatus.NO_CREDENTIALS)) {
                return false;
            }
            if (e.is(CtapStatus.PUAT_REQUIRED)) {
                return true; // it doesn't say so without a PIN
            }
            throw e;
        }
    }

    private static Cbor.Builder asking(String rpId, Bytes clientDataHash, Optional<Bytes> credential) {
        Cbor.Builder parameters = Cbor.map().put(1, new Cbor.Text(rpId)).put(2, new Cbor.ByteString(clientDataHash));
        credential.ifPresent(id -> parameters.put(3, new Cbor.Array(List.of(Cbor.map().put("id", new Cbor.ByteString(id))
                .put("type", new Cbor.Text("public-key")).build()))));
        return parameters;
    }

    @Override
    public void close() {
        link.close();
    }
}
