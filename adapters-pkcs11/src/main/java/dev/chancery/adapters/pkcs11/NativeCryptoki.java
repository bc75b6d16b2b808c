package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.adapters.pkcs11.Functions.Function;
import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A module loaded into this process.
final class NativeCryptoki implements Cryptoki {
    /// CK_C_INITIALIZE_ARGS: four callbacks, flags, and a pointer; NSS puts its parameters where the standard has pReserved, and a
    /// reserved pointer behind.
    private static final long INITIALIZE_ARGS_SIZE = 56;
    private static final long FLAGS_OFFSET = 32;
    private static final long PARAMETERS_OFFSET = 40;

    /// CK_INFO.
    private static final long INFO_SIZE = 88;

    private static final Set<Bytes> LIBRARY_MAGIC = Set.of(Bytes.fromHex("7f454c46"), Bytes.fromHex("cffaedfe"), Bytes.fromHex("cafebabe"));
    private static final int MAX_SLOTS = 4096;
    private static final int MAX_MECHANISMS = 65_536;

    private final Functions functions;
    private final Optional<String> parameters;

    private NativeCryptoki(Functions functions, Optional<String> parameters) {
        this.functions = functions;
        this.parameters = parameters;
    }

    /// Loads a module, without initialising it.
    ///
    /// @param parametersOrNull what the module wants in C_Initialize beyond the standard, as NSS does
    /// @throws IllegalArgumentException when the file isn't a module
    static NativeCryptoki load(Path path, @Nullable String parametersOrNull) throws CkException {
        checkIsLibrary(path);
        return new NativeCryptoki(Functions.load(path), Optional.ofNullable(parametersOrNull));
    }

    /// Looks at the first bytes, since loading something else makes the virtual machine itself print warnings.
    private static void checkIsLibrary(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            if (!LIBRARY_MAGIC.contains(Bytes.copyOf(in.readNBytes(4)))) {
                throw new IllegalArgumentException("it is not a library of this system");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void initialize() throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment arguments = arena.allocate(INITIALIZE_ARGS_SIZE, 8);
            arguments.set(JAVA_LONG, FLAGS_OFFSET, Ck.CKF_OS_LOCKING_OK);
            parameters.ifPresent(text -> arguments.set(ADDRESS, PARAMETERS_OFFSET, arena.allocateFrom(text)));
            functions.call(Function.INITIALIZE, arguments);
        } catch (CkException e) {
            if (!e.is(Ckr.CRYPTOKI_ALREADY_INITIALIZED)) { // another user of the module in this process was first
                throw e;
            }
        }
    }

    @Override
    public void finish() throws CkException {
        try {
            functions.call(Function.FINALIZE, MemorySegment.NULL);
        } catch (CkException e) {
            if (!e.is(Ckr.CRYPTOKI_NOT_INITIALIZED)) {
                throw e;
            }
        }
    }

    @Override
    public boolean isUsable() {
        return true;
    }

    @Override
    public Session open(long slot, boolean writing) throws CkException {
        return NativeSession.open(functions, slot, writing);
    }

    @Override
    public String describe() throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_SIZE, 8);
            functions.call(Function.GET_INFO, info);
            return TokenInfo.text(info, 48, 32) + " " + TokenInfo.version(info, 80) + " by " + TokenInfo.text(info, 2, 32) + ", PKCS#11 "
                    + TokenInfo.version(info, 0);
        }
    }

    @Override
    public List<SlotInfo> slots() throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            List<SlotInfo> slots = new ArrayList<>();
            MemorySegment info = arena.allocate(SlotInfo.SIZE, 8);
            for (long slot : slots(arena, false)) {
                functions.call(Function.GET_SLOT_INFO, slot, info);
                slots.add(SlotInfo.read(slot, info));
            }
            return slots;
        }
    }

    private List<Long> slots(Arena arena, boolean withTokens) throws CkException {
        byte present = (byte) (withTokens ? 1 : 0);
        MemorySegment count = arena.allocate(JAVA_LONG);
        functions.call(Function.GET_SLOT_LIST, present, MemorySegment.NULL, count);
        long slots = Math.clamp(count.get(JAVA_LONG, 0), 0, MAX_SLOTS);
        MemorySegment list = arena.allocate(JAVA_LONG, Math.max(1, slots));
        count.set(JAVA_LONG, 0, slots);
        functions.call(Function.GET_SLOT_LIST, present, list, count);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < Math.min(slots, count.get(JAVA_LONG, 0)); i++) {
            numbers.add(list.getAtIndex(JAVA_LONG, i));
        }
        return numbers;
    }

    @Override
    public List<TokenInfo> tokens() throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            List<TokenInfo> tokens = new ArrayList<>();
            for (long slot : slots(arena, true)) {
                try {
                    tokens.add(token(slot));
                } catch (CkException e) {
                    if (!e.is(Ckr.TOKEN_NOT_PRESENT) && !e.is(Ckr.TOKEN_NOT_RECOGNIZED) && !e.is(Ckr.SLOT_ID_INVALID)) {
                        throw e; // the others mean that this one was pulled out meanwhile
                    }
                }
            }
            return tokens;
        }
    }

    @Override
    public TokenInfo token(long slot) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(TokenInfo.SIZE, 8);
            functions.call(Function.GET_TOKEN_INFO, slot, info);
            return TokenInfo.read(slot, info);
        }
    }

    @Override
    public Set<Long> mechanisms(long slot, long flag) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            functions.call(Function.GET_MECHANISM_LIST, slot, MemorySegment.NULL, count);
            long number = Math.clamp(count.get(JAVA_LONG, 0), 0, MAX_MECHANISMS);
            MemorySegment list = arena.allocate(JAVA_LONG, Math.max(1, number));
            count.set(JAVA_LONG, 0, number);
            functions.call(Function.GET_MECHANISM_LIST, slot, list, count);
            Set<Long> found = new HashSet<>();
            MemorySegment info = arena.allocate(24, 8);
            for (int i = 0; i < Math.min(number, count.get(JAVA_LONG, 0)); i++) {
                long mechanism = list.getAtIndex(JAVA_LONG, i);
                try {
                    functions.call(Function.GET_MECHANISM_INFO, slot, mechanism, info);
                    if ((info.get(JAVA_LONG, 16) & flag) != 0) {
                        found.add(mechanism);
                    }
                } catch (CkException e) {
                    if (!e.is(Ckr.MECHANISM_INVALID)) { // some modules list what they then don't know
                        throw e;
                    }
                }
            }
            return found;
        }
    }
}
