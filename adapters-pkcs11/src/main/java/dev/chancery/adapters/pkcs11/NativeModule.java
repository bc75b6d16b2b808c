package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.adapters.pkcs11.Functions.Function;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// One loaded module: C_Initialize is called once for it in a process and shared by its slots (PKCS#11 v3.1 §5.4).
final class NativeModule {
    private static final Map<Path, NativeModule> LOADED = new HashMap<>();
    private static final long INITIALIZE_ARGS_SIZE = 48;
    private static final Set<Bytes> LIBRARY_MAGIC = Set.of(Bytes.fromHex("7f454c46"), Bytes.fromHex("cffaedfe"), Bytes.fromHex("cafebabe"));
    private static final long REINITIALIZE_WAIT_SECONDS = 2;

    private final Path path;
    private final Functions functions;
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
    private final AtomicLong generation = new AtomicLong();

    private NativeModule(Path path, Functions functions) {
        this.path = path;
        this.functions = functions;
    }

    /// The module of a file, loaded and initialised. Blocks as long as the module's C_Initialize does.
    ///
    /// @throws KeyException when there is no such file, it isn't a module, or it can't be initialised
    static NativeModule at(Path given) throws KeyException {
        Path path = given.toAbsolutePath().normalize();
        synchronized (LOADED) {
            NativeModule known = LOADED.get(path);
            if (known != null) {
                return known;
            }
            if (!Files.isRegularFile(path)) {
                throw new KeyException.BackendUnusable(new Problem(ErrorCode.MODULE_MISSING, "no token was opened",
                        Files.isDirectory(path) ? path + " is a folder" : "there is no module " + path,
                        "check module-path, and that the token's software is installed"), null);
            }
            try {
                checkIsLibrary(path);
                NativeModule module = new NativeModule(path, Functions.load(path));
                module.initialize();
                LOADED.put(path, module);
                return module;
            } catch (IllegalArgumentException e) {
                throw new KeyException.BackendUnusable(new Problem(ErrorCode.MODULE_INVALID, "no token was opened",
                        path + " is not a PKCS#11 module: " + e.getMessage(), "check module-path: it names a library such as libsofthsm2.so"), e);
            } catch (CkException e) {
                throw TokenErrors.of("module " + path, e);
            }
        }
    }

    /// Looks at the first bytes, since loading something else makes the virtual machine itself print warnings.
    ///
    /// @throws IllegalArgumentException when the file is neither ELF nor Mach-O
    private static void checkIsLibrary(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            if (!LIBRARY_MAGIC.contains(Bytes.copyOf(in.readNBytes(4)))) {
                throw new IllegalArgumentException("it is not a library of this system");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("it cannot be read: " + e.getMessage(), e);
        }
    }

    private void initialize() throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment arguments = arena.allocate(INITIALIZE_ARGS_SIZE, 8);
            arguments.set(JAVA_LONG, 32, Ck.CKF_OS_LOCKING_OK);
            functions.call(Function.INITIALIZE, arguments);
        } catch (CkException e) {
            if (!e.is(Ckr.CRYPTOKI_ALREADY_INITIALIZED)) { // another user of the module in this process was first
                throw e;
            }
        }
    }

    Path path() {
        return path;
    }

    Functions functions() {
        return functions;
    }

    /// Grows when the module was finalised and initialised: what was opened before is gone.
    long generation() {
        return generation.get();
    }

    /// Work that calls the module, which isn't finalised meanwhile.
    <T> T use(Lanes.Work<T> work) throws CkException, KeyException {
        inUse.readLock().lock();
        try {
            return work.run();
        } finally {
            inUse.readLock().unlock();
        }
    }

    /// C_Finalize and C_Initialize, which is what revives the client library of a network token after its connection was cut. Not done
    /// while a call is under way, since C_Finalize behind a stuck call isn't safe, nor twice for the same loss.
    ///
    /// @param seen the generation in which the loss was noticed
    /// @return whether the module is one generation on
    boolean reinitialize(long seen) throws CkException {
        boolean alone = false;
        try {
            alone = inUse.writeLock().tryLock(REINITIALIZE_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!alone) {
                return false;
            }
            if (generation.get() == seen) {
                try {
                    functions.call(Function.FINALIZE, MemorySegment.NULL);
                } catch (CkException e) {
                    if (!e.is(Ckr.CRYPTOKI_NOT_INITIALIZED)) {
                        throw e;
                    }
                }
                initialize();
                generation.incrementAndGet();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (alone) {
                inUse.writeLock().unlock();
            }
        }
    }

    /// The tokens that are there now, uninitialised ones included.
    List<TokenInfo> tokens() throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            functions.call(Function.GET_SLOT_LIST, (byte) 1, MemorySegment.NULL, count);
            long slots = Math.clamp(count.get(JAVA_LONG, 0), 0, 4096);
            MemorySegment list = arena.allocate(JAVA_LONG, Math.max(1, slots));
            count.set(JAVA_LONG, 0, slots);
            functions.call(Function.GET_SLOT_LIST, (byte) 1, list, count);
            List<TokenInfo> tokens = new ArrayList<>();
            for (int i = 0; i < Math.min(slots, count.get(JAVA_LONG, 0)); i++) {
                try {
                    tokens.add(token(list.getAtIndex(JAVA_LONG, i)));
                } catch (CkException e) {
                    if (!e.is(Ckr.TOKEN_NOT_PRESENT) && !e.is(Ckr.TOKEN_NOT_RECOGNIZED) && !e.is(Ckr.SLOT_ID_INVALID)) {
                        throw e; // the others mean that this one was pulled out meanwhile
                    }
                }
            }
            return tokens;
        }
    }

    /// What the token in a slot says now.
    TokenInfo token(long slot) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(TokenInfo.SIZE, 8);
            functions.call(Function.GET_TOKEN_INFO, slot, info);
            return TokenInfo.read(slot, info);
        }
    }

    /// The mechanisms of a slot that have a flag.
    Set<Long> mechanisms(long slot, long flag) throws CkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            functions.call(Function.GET_MECHANISM_LIST, slot, MemorySegment.NULL, count);
            long number = Math.clamp(count.get(JAVA_LONG, 0), 0, 65_536);
            MemorySegment list = arena.allocate(JAVA_LONG, Math.max(1, number));
            count.set(JAVA_LONG, 0, number);
            functions.call(Function.GET_MECHANISM_LIST, slot, list, count);
            Set<Long> found = new HashSet<>();
            MemorySegment info = arena.allocate(24, 8);
            for (int i = 0; i < Math.min(number, count.get(JAVA_LONG, 0)); i++) {
                long mechanism = list.getAtIndex(JAVA_LONG, i);
                functions.call(Function.GET_MECHANISM_INFO, slot, mechanism, info);
                if ((info.get(JAVA_LONG, 16) & flag) != 0) {
                    found.add(mechanism);
                }
            }
            return found;
        }
    }
}
