package dev.chancery.adapters.fido2.ctap;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;

/// PINs and PIN tokens: CTAP 2.1 §6.5, `authenticatorClientPIN`. Nothing is tried twice here.
public final class ClientPin {
    private static final int COMMAND = 0x06;
    private static final int GET_RETRIES = 0x01;
    private static final int GET_KEY_AGREEMENT = 0x02;
    private static final int GET_TOKEN = 0x05;
    private static final int GET_TOKEN_BY_UV = 0x06;
    private static final int GET_TOKEN_BY_PIN = 0x09;
    private static final int PIN_HASH = 16;
    private static final int MIN_CHARACTERS = 4;
    private static final int MAX_BYTES = 63;
    private static final int MAX_BYTES_OF_A_CHAR = 3;

    private final Ctap ctap;
    private final AuthenticatorInfo info;
    private final SecureRandom random;

    public ClientPin(Ctap ctap, AuthenticatorInfo info, SecureRandom random) {
        this.ctap = ctap;
        this.info = info;
        this.random = random;
    }

    /// How often a wrong PIN may still be given.
    ///
    /// @param left before the PIN is blocked for good
    /// @param powerCycle whether the security key has to be taken out and put back before the next try
    public record Retries(long left, boolean powerCycle) {}

    /// Asks for that.
    ///
    /// @throws CtapException when the security key refuses or fails
    public Retries retries() throws CtapException {
        Cbor.Map answer = ctap.call(COMMAND, Cbor.map().put(1, new Cbor.Int(protocol())).put(2, new Cbor.Int(GET_RETRIES)).build());
        try {
            return new Retries(answer.integer(3), answer.get(4).orElse(null) instanceof Cbor.Bool(boolean set) && set);
        } catch (CborException e) {
            throw CtapException.of(e);
        }
    }

    /// Whether a text can be a PIN: four characters at least, and 63 bytes at most (CTAP 2.1 §6.5.1).
    public static boolean canBe(Pin pin) {
        byte[] bytes = utf8(pin);
        try {
            int characters = 0;
            for (byte each : bytes) {
                if ((each & 0xc0) != 0x80) {
                    characters++;
                }
            }
            return characters >= MIN_CHARACTERS && bytes.length <= MAX_BYTES;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// Gets a token for a PIN, which is tried once.
    ///
    /// @param rpId the relying party that it is for; nothing for none
    /// @return a token that the caller closes
    /// @throws CtapException with [CtapStatus#PIN_INVALID] when it is wrong
    public PinToken token(Pin pin, Permission permission, Optional<String> rpId) throws CtapException {
        byte[] whole = utf8(pin);
        byte[] hash = {};
        try (PinUvAuth auth = agree()) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole);
            hash = Arrays.copyOf(digest, PIN_HASH);
            Arrays.fill(digest, (byte) 0);
            boolean permissions = info.has("pinUvAuthToken");
            Cbor.Builder parameters = request(auth, permissions ? GET_TOKEN_BY_PIN : GET_TOKEN).put(6, new Cbor.ByteString(auth.encrypt(hash)));
            return token(auth, permissions ? permitted(parameters, permission, rpId) : parameters);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        } finally {
            Arrays.fill(whole, (byte) 0);
            Arrays.fill(hash, (byte) 0);
        }
    }

    /// Gets a token for a finger, or whatever else the security key knows its user by.
    ///
    /// @return a token that the caller closes
    /// @throws CtapException when the security key doesn't know its user
    public PinToken tokenByUv(Permission permission, Optional<String> rpId) throws CtapException {
        try (PinUvAuth auth = agree()) {
            return token(auth, permitted(request(auth, GET_TOKEN_BY_UV), permission, rpId));
        }
    }

    private PinToken token(PinUvAuth auth, Cbor.Builder parameters) throws CtapException {
        Cbor.Map answer = ctap.call(COMMAND, parameters.build());
        try {
            return new PinToken(auth.protocol(), auth.decrypt(answer.bytes(2)));
        } catch (CborException e) {
            throw CtapException.of(e);
        }
    }

    private static Cbor.Builder request(PinUvAuth auth, int subcommand) {
        return Cbor.map().put(1, new Cbor.Int(auth.protocol())).put(2, new Cbor.Int(subcommand)).put(3, auth.ownKey());
    }

    private static Cbor.Builder permitted(Cbor.Builder parameters, Permission permission, Optional<String> rpId) {
        parameters.put(9, new Cbor.Int(permission.bit()));
        rpId.ifPresent(id -> parameters.put(10, new Cbor.Text(id)));
        return parameters;
    }

    private PinUvAuth agree() throws CtapException {
        Cbor.Map answer = ctap.call(COMMAND, Cbor.map().put(1, new Cbor.Int(protocol())).put(2, new Cbor.Int(GET_KEY_AGREEMENT)).build());
        try {
            return PinUvAuth.agree(protocol(), answer.map(1), random);
        } catch (CborException e) {
            throw CtapException.of(e);
        }
    }

    /// The first that both know; CTAP 2.0 has no list, and protocol one.
    private long protocol() throws CtapException {
        if (info.pinProtocols().isEmpty()) {
            return PinUvAuth.ONE;
        }
        return info.pinProtocols().stream().filter(each -> each == PinUvAuth.ONE || each == PinUvAuth.TWO).findFirst()
                .orElseThrow(() -> CtapException.unsound("expected PIN/UV auth protocol 1 or 2, found " + info.pinProtocols()));
    }

    /// UTF-8 in normal form C (CTAP 2.1 §6.5.5.5). A PIN of ASCII characters, which is in that form, never becomes a String, since none can be overwritten.
    private static byte[] utf8(Pin pin) {
        char[] characters = pin.characters(SecretAccess.grantedForUse());
        CharBuffer text = CharBuffer.wrap(characters);
        CharBuffer composed = Normalizer.isNormalized(text, Normalizer.Form.NFC) ? text : CharBuffer.wrap(Normalizer.normalize(text, Normalizer.Form.NFC));
        ByteBuffer encoded = ByteBuffer.allocate(composed.remaining() * MAX_BYTES_OF_A_CHAR);
        try {
            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE).encode(composed, encoded, true);
            return Arrays.copyOf(encoded.array(), encoded.position());
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(characters, '\0');
        }
    }
}
