package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

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

/// A read-only session with a token. Not thread-safe.
final class Session implements AutoCloseable {
    static final long CLASS = 0x0;
    static final long LABEL = 0x3;
    static final long KEY_TYPE = 0x100;
    static final long ID = 0x102;
    static final long SIGN = 0x108;
    static final long EC_PARAMS = 0x180;
    static final long EC_POINT = 0x181;
    static final long PUBLIC_KEY = 2;
    static final long PRIVATE_KEY = 3;

    private static final long UNAVAILABLE = -1;
    private static final int MAX_SIGNATURE = 8192;

    private final Functions functions;
    private final long handle;

    private Session(Functions functions, long handle) {
        this.functions = functions;
        this.handle = handle;
    }

    static Session open(Functions functions, long slot) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            functions.call("C_OpenSession", Functions.OPEN_SESSION, slot, 4L, MemorySegment.NULL, MemorySegment.NULL, out);
            return new Session(functions, out.get(JAVA_LONG, 0));
        }
    }

    /// One attempt, never more.
    void login(Pin pin) throws CkException {
        char[] characters = pin.characters(SecretAccess.grantedForUse());
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(Math.max(1, bytes.length));
            try {
                MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
                functions.call("C_Login", Functions.LOGIN, handle, 1L, text, (long) bytes.length);
            } catch (CkException e) {
                if (e.value() != CkException.USER_ALREADY_LOGGED_IN) {
                    throw e;
                }
            } finally {
                text.fill((byte) 0);
            }
        } finally {
            Arrays.fill(characters, '\0');
            Arrays.fill(bytes, (byte) 0);
            encoded.clear();
            encoded.put(new byte[encoded.remaining()]);
        }
    }

    /// The objects of a class, narrowed by label and id where given.
    List<Long> find(long objectClass, Optional<Bytes> label, Optional<Bytes> id) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            int count = 1 + (label.isPresent() ? 1 : 0) + (id.isPresent() ? 1 : 0);
            MemorySegment template = arena.allocate(24L * count, 8);
            MemorySegment classValue = arena.allocate(JAVA_LONG);
            classValue.set(JAVA_LONG, 0, objectClass);
            attribute(template, 0, CLASS, classValue);
            int next = 1;
            if (label.isPresent()) {
                attribute(template, next++, LABEL, copy(arena, label.get()));
            }
            if (id.isPresent()) {
                attribute(template, next, ID, copy(arena, id.get()));
            }
            functions.call("C_FindObjectsInit", Functions.FIND_OBJECTS_INIT, handle, template, (long) count);
            List<Long> found = new ArrayList<>();
            MemorySegment objects = arena.allocate(JAVA_LONG, 64);
            MemorySegment number = arena.allocate(JAVA_LONG);
            do {
                functions.call("C_FindObjects", Functions.FIND_OBJECTS, handle, objects, 64L, number);
                for (int i = 0; i < number.get(JAVA_LONG, 0); i++) {
                    found.add(objects.getAtIndex(JAVA_LONG, i));
                }
            } while (number.get(JAVA_LONG, 0) > 0);
            functions.call("C_FindObjectsFinal", Functions.FIND_OBJECTS_FINAL, handle);
            return found;
        }
    }

    /// An attribute's value; nothing when the object doesn't have it or keeps it to itself.
    Optional<Bytes> value(long object, long type) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment template = arena.allocate(24, 8);
            template.set(JAVA_LONG, 0, type);
            functions.call("C_GetAttributeValue", Functions.GET_ATTRIBUTE_VALUE, handle, object, template, 1L);
            long length = template.get(JAVA_LONG, 16);
            if (length == UNAVAILABLE) {
                return Optional.empty();
            }
            MemorySegment value = arena.allocate(Math.max(1, length), 8);
            template.set(ADDRESS, 8, value);
            functions.call("C_GetAttributeValue", Functions.GET_ATTRIBUTE_VALUE, handle, object, template, 1L);
            return Optional.of(Bytes.copyOf(value.asSlice(0, length).toArray(JAVA_BYTE)));
        } catch (CkException e) {
            if (e.value() == CkException.ATTRIBUTE_TYPE_INVALID || e.value() == CkException.ATTRIBUTE_SENSITIVE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// C_SignInit and C_Sign with a mechanism that has no parameters.
    Bytes sign(long mechanism, long key, Bytes input) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment how = arena.allocate(24, 8);
            how.set(JAVA_LONG, 0, mechanism);
            functions.call("C_SignInit", Functions.SIGN_INIT, handle, how, key);
            MemorySegment signature = arena.allocate(MAX_SIGNATURE);
            MemorySegment length = arena.allocate(JAVA_LONG);
            length.set(JAVA_LONG, 0, MAX_SIGNATURE);
            functions.call("C_Sign", Functions.SIGN, handle, copy(arena, input), (long) input.size(), signature, length);
            return Bytes.copyOf(signature.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE));
        }
    }

    private static void attribute(MemorySegment template, int index, long type, MemorySegment value) {
        template.set(JAVA_LONG, 24L * index, type);
        template.set(ADDRESS, 24L * index + 8, value);
        template.set(JAVA_LONG, 24L * index + 16, value.byteSize());
    }

    private static MemorySegment copy(Arena arena, Bytes bytes) {
        MemorySegment segment = arena.allocate(bytes.size(), 8);
        MemorySegment.copy(bytes.toByteArray(), 0, segment, JAVA_BYTE, 0, bytes.size());
        return segment;
    }

    @Override
    public void close() throws CkException {
        functions.call("C_CloseSession", Functions.CLOSE_SESSION, handle);
    }
}
