package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.adapters.pkcs11.Functions.Function;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A session of a module in this process, with the native memory that its signatures need.
final class NativeSession implements Session {
    private static final long UNAVAILABLE = -1;
    private static final int MAX_SIGNATURE = 8192;
    private static final int SMALL_INPUT = 1024;
    private static final int MAX_ATTRIBUTE = 1 << 20;
    private static final long FIND_AT_ONCE = 64;
    private static final int MAX_OBJECTS = 1 << 20;

    private final Functions functions;
    private final long handle;
    private final MemorySegment mechanism;
    private final MemorySegment input;
    private final MemorySegment signature;
    private final MemorySegment signatureLength;

    private NativeSession(Functions functions, long handle) {
        this.functions = functions;
        this.handle = handle;
        Arena arena = Arena.ofAuto(); // an abandoned call may still be using it, so nobody can say when to free it
        this.mechanism = arena.allocate(Mechanism.SIZE, 8);
        this.input = arena.allocate(SMALL_INPUT, 8);
        this.signature = arena.allocate(MAX_SIGNATURE, 8);
        this.signatureLength = arena.allocate(JAVA_LONG);
    }

    static NativeSession open(Functions functions, long slot, boolean writing) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG);
            functions.call(Function.OPEN_SESSION, slot, Ck.CKF_SERIAL_SESSION | (writing ? Ck.CKF_RW_SESSION : 0L), MemorySegment.NULL,
                    MemorySegment.NULL, out);
            return new NativeSession(functions, out.get(JAVA_LONG, 0));
        }
    }

    @Override
    public void login(@Nullable Pin pinOrNull) throws CkException {
        login(Ck.CKU_USER, pinOrNull);
    }

    private void login(long userType, @Nullable Pin pinOrNull) throws CkException {
        if (pinOrNull == null) {
            functions.call(Function.LOGIN, handle, userType, MemorySegment.NULL, 0L);
            return;
        }
        byte[] octets = PinText.utf8(pinOrNull);
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

    @Override
    public boolean isAlive(boolean loggedIn) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(32, 8);
            functions.call(Function.GET_SESSION_INFO, handle, info);
            long state = info.get(JAVA_LONG, 8);
            return !loggedIn || state == Ck.CKS_RO_USER_FUNCTIONS || state == Ck.CKS_RW_USER_FUNCTIONS;
        } catch (CkException e) {
            return false;
        }
    }

    @Override
    public void logout() throws CkException {
        functions.call(Function.LOGOUT, handle);
    }

    @Override
    public List<Long> find(Template template) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            functions.call(Function.FIND_OBJECTS_INIT, handle, template.in(arena), template.count());
            List<Long> found = new ArrayList<>();
            MemorySegment objects = arena.allocate(JAVA_LONG, FIND_AT_ONCE);
            MemorySegment number = arena.allocate(JAVA_LONG);
            try {
                do {
                    functions.call(Function.FIND_OBJECTS, handle, objects, FIND_AT_ONCE, number);
                    for (int i = 0; i < Math.min(FIND_AT_ONCE, number.get(JAVA_LONG, 0)); i++) {
                        found.add(objects.getAtIndex(JAVA_LONG, i));
                    }
                } while (number.get(JAVA_LONG, 0) > 0 && found.size() < MAX_OBJECTS);
            } catch (CkException e) {
                endSearch();
                throw e;
            }
            functions.call(Function.FIND_OBJECTS_FINAL, handle);
            return found;
        }
    }

    private void endSearch() {
        try {
            functions.call(Function.FIND_OBJECTS_FINAL, handle);
        } catch (CkException e) {
            // The search has failed already, and that is what is reported.
        }
    }

    @Override
    public Optional<Bytes> value(long object, long type) throws CkException {
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

    @Override
    public Bytes sign(Mechanism how, long key, Bytes data) throws CkException {
        how.writeTo(mechanism);
        functions.signInit(handle, mechanism, key);
        return sign(data);
    }

    @Override
    public Bytes signAuthenticated(Mechanism how, long key, @Nullable Pin pinOrNull, Bytes data) throws CkException {
        how.writeTo(mechanism);
        functions.signInit(handle, mechanism, key);
        login(Ck.CKU_CONTEXT_SPECIFIC, pinOrNull);
        return sign(data);
    }

    private Bytes sign(Bytes data) throws CkException {
        try {
            return signedInMemory(data);
        } finally {
            Reference.reachabilityFence(this); // the memory goes with it
        }
    }

    private Bytes signedInMemory(Bytes data) throws CkException {
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

    @Override
    public KeyPairHandles generate(Mechanism how, Template publicHalf, Template privateHalf) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_LONG, 2);
            how.writeTo(mechanism);
            functions.call(Function.GENERATE_KEY_PAIR, handle, mechanism, publicHalf.in(arena), publicHalf.count(), privateHalf.in(arena),
                    privateHalf.count(), out, out.asSlice(8));
            return new KeyPairHandles(out.get(JAVA_LONG, 0), out.get(JAVA_LONG, 8));
        }
    }

    @Override
    public void set(long object, Template attributes) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            functions.call(Function.SET_ATTRIBUTE_VALUE, handle, object, attributes.in(arena), attributes.count());
        }
    }

    @Override
    public void destroy(long object) throws CkException {
        functions.call(Function.DESTROY_OBJECT, handle, object);
    }

    @Override
    public void close() throws CkException {
        functions.call(Function.CLOSE_SESSION, handle);
    }
}
