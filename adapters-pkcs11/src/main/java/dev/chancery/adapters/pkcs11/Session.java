package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.adapters.pkcs11.Functions.Function;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A session with a token (PKCS#11 v3.1 §5.6), with the native memory that its signatures need. For one thread at a time.
final class Session {
    private static final long UNAVAILABLE = -1;
    private static final int MAX_SIGNATURE = 8192;
    private static final int SMALL_INPUT = 1024;
    private static final int MAX_ATTRIBUTE = 1 << 20;

    private final Functions functions;
    private final long handle;
    private final MemorySegment mechanism;
    private final MemorySegment input;
    private final MemorySegment signature;
    private final MemorySegment signatureLength;

    private Session(Functions functions, long handle) {
        this.functions = functions;
        this.handle = handle;
        Arena arena = Arena.ofAuto(); // an abandoned call may still be using it, so nobody can say when to free it
        this.mechanism = arena.allocate(Mechanism.SIZE, 8);
        this.input = arena.allocate(SMALL_INPUT, 8);
        this.signature = arena.allocate(MAX_SIGNATURE, 8);
        this.signatureLength = arena.allocate(JAVA_LONG);
    }

    static Session open(Functions functions, long slot, boolean writing) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            functions.call(Function.OPEN_SESSION, slot, Ck.CKF_SERIAL_SESSION | (writing ? Ck.CKF_RW_SESSION : 0L), MemorySegment.NULL,
                    MemorySegment.NULL, out);
            return new Session(functions, out.get(JAVA_LONG, 0));
        }
    }

    /// One attempt, never more.
    ///
    /// @param userType [Ck#CKU_USER] or [Ck#CKU_CONTEXT_SPECIFIC]
    /// @param pinOrNull null where the PIN is entered on the token itself
    void login(long userType, @Nullable Pin pinOrNull) throws CkException {
        if (pinOrNull == null) {
            functions.call(Function.LOGIN, handle, userType, MemorySegment.NULL, 0L);
            return;
        }
        byte[] octets = utf8(pinOrNull);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(Math.max(1, octets.length));
            try {
                MemorySegment.copy(octets, 0, text, JAVA_BYTE, 0, octets.length);
                functions.call(Function.LOGIN, handle, userType, text, (long) octets.length);
            } finally {
                text.fill((byte) 0);
            }
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /// The PIN as tokens take it (PKCS#11 v3.1 §5.6.8: UTF-8). The caller overwrites it.
    static byte[] utf8(Pin pin) {
        char[] characters = pin.characters(SecretAccess.grantedForUse());
        ByteBuffer encoded = ByteBuffer.allocate(characters.length * 3); // no character has more in UTF-8 (RFC 3629 §3; a pair has 4)
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), encoded, true);
        byte[] octets = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(characters, '\0');
        Arrays.fill(encoded.array(), (byte) 0);
        return octets;
    }

    /// Whether the session is alive, and the user logged in where that matters.
    boolean isAlive(boolean loggedIn) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(32, 8);
            functions.call(Function.GET_SESSION_INFO, handle, info);
            long state = info.get(JAVA_LONG, 8);
            return !loggedIn || state == Ck.CKS_RO_USER_FUNCTIONS || state == Ck.CKS_RW_USER_FUNCTIONS;
        } catch (CkException e) {
            return false;
        }
    }

    void logout() throws CkException {
        functions.call(Function.LOGOUT, handle);
    }

    /// The handles of the objects that a template matches, in the token's order.
    List<Long> find(Template template) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            functions.call(Function.FIND_OBJECTS_INIT, handle, template.in(arena), template.count());
            List<Long> found = new ArrayList<>();
            MemorySegment objects = arena.allocate(JAVA_LONG, 64);
            MemorySegment number = arena.allocate(JAVA_LONG);
            try {
                do {
                    functions.call(Function.FIND_OBJECTS, handle, objects, 64L, number);
                    for (int i = 0; i < number.get(JAVA_LONG, 0); i++) {
                        found.add(objects.getAtIndex(JAVA_LONG, i));
                    }
                } while (number.get(JAVA_LONG, 0) > 0);
            } finally {
                functions.call(Function.FIND_OBJECTS_FINAL, handle);
            }
            return found;
        }
    }

    /// An attribute's value; nothing when the object doesn't have it or keeps it to itself.
    Optional<Bytes> value(long object, long type) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment template = arena.allocate(24, 8);
            template.set(JAVA_LONG, 0, type);
            functions.call(Function.GET_ATTRIBUTE_VALUE, handle, object, template, 1L);
            long length = template.get(JAVA_LONG, 16);
            if (length == UNAVAILABLE || length < 0 || length > MAX_ATTRIBUTE) {
                return Optional.empty();
            }
            MemorySegment value = arena.allocate(Math.max(1, length), 8);
            template.set(ADDRESS, 8, value);
            functions.call(Function.GET_ATTRIBUTE_VALUE, handle, object, template, 1L);
            long filled = template.get(JAVA_LONG, 16);
            return filled < 0 || filled > length ? Optional.empty() : Optional.of(Bytes.copyOf(value.asSlice(0, filled).toArray(JAVA_BYTE)));
        } catch (CkException e) {
            if (e.is(Ckr.ATTRIBUTE_TYPE_INVALID) || e.is(Ckr.ATTRIBUTE_SENSITIVE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A CK_ULONG attribute.
    Optional<Long> number(long object, long type) throws CkException {
        return value(object, type).filter(value -> value.size() == Long.BYTES)
                .map(value -> MemorySegment.ofArray(value.toByteArray()).get(JAVA_LONG.withByteAlignment(1), 0));
    }

    /// A CK_BBOOL attribute.
    Optional<Boolean> flag(long object, long type) throws CkException {
        return value(object, type).filter(value -> value.size() == 1).map(value -> value.at(0) != 0);
    }

    /// C_SignInit. An operation begins.
    void signInit(Mechanism how, long key) throws CkException {
        how.writeTo(mechanism);
        functions.signInit(handle, mechanism, key);
    }

    /// C_Sign. The operation ends, whatever comes of it.
    Bytes sign(Bytes data) throws CkException {
        signatureLength.set(JAVA_LONG, 0, MAX_SIGNATURE);
        if (data.size() <= SMALL_INPUT) {
            MemorySegment.copy(data.toByteArray(), 0, input, JAVA_BYTE, 0, data.size());
            functions.sign(handle, input, data.size(), signature, signatureLength);
        } else {
            try (Arena arena = Arena.ofConfined()) {
                functions.sign(handle, Template.copy(arena, data), data.size(), signature, signatureLength);
            }
        }
        long length = signatureLength.get(JAVA_LONG, 0);
        if (length < 0 || length > MAX_SIGNATURE) {
            throw new CkException("C_Sign", Ckr.SIGNATURE_LEN_RANGE.value());
        }
        return Bytes.copyOf(signature.asSlice(0, length).toArray(JAVA_BYTE));
    }

    /// Makes a key pair.
    ///
    /// @return the handles of its public and its private half
    KeyPairHandles generate(Mechanism how, Template publicHalf, Template privateHalf) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG, 2);
            how.writeTo(mechanism);
            functions.call(Function.GENERATE_KEY_PAIR, handle, mechanism, publicHalf.in(arena), publicHalf.count(), privateHalf.in(arena),
                    privateHalf.count(), out, out.asSlice(8));
            return new KeyPairHandles(out.get(JAVA_LONG, 0), out.get(JAVA_LONG, 8));
        }
    }

    /// The halves of a new key pair.
    record KeyPairHandles(long publicHalf, long privateHalf) {}

    void set(long object, Template attributes) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            functions.call(Function.SET_ATTRIBUTE_VALUE, handle, object, attributes.in(arena), attributes.count());
        }
    }

    void destroy(long object) throws CkException {
        functions.call(Function.DESTROY_OBJECT, handle, object);
    }

    void close() throws CkException {
        functions.call(Function.CLOSE_SESSION, handle);
    }
}
