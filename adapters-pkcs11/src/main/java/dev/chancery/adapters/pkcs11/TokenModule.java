package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// One module as this process uses it: C_Initialize is called once and shared by its slots (PKCS#11 v3.1 §5.4), here or in a helper
/// process. Thread-safe.
final class TokenModule {
    private static final Map<Identity, AtomicReference<@Nullable TokenModule>> LOADED = new ConcurrentHashMap<>();
    private static final long REINITIALIZE_WAIT_SECONDS = 2;

    private final Path path;
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
    private final Pkcs11Settings settings;
    private volatile Running running;

    private TokenModule(Path path, Pkcs11Settings settings, Cryptoki first) {
        this.path = path;
        this.settings = settings;
        this.running = new Running(first, 0);
    }

    private record Identity(Path path, Pkcs11Settings.Isolation isolation) {}

    /// The module as it runs now.
    ///
    /// @param generation grows when it was finalised and initialised, or its process replaced: what was opened before is gone
    record Running(Cryptoki cryptoki, long generation) {}

    /// The module of a file, loaded and initialised. Blocks as long as the module's C_Initialize does.
    ///
    /// @throws KeyException when there is no such file, it isn't a module, or it can't be initialised
    static TokenModule at(Path given, Pkcs11Settings settings) throws KeyException {
        Path path = given.toAbsolutePath().normalize();
        Identity identity = new Identity(path, settings.isolation());
        AtomicReference<@Nullable TokenModule> place = LOADED.computeIfAbsent(identity, _ -> new AtomicReference<>());
        synchronized (place) { // a module whose C_Initialize hangs keeps no other from being loaded
            TokenModule known = place.get();
            if (known != null) {
                return known;
            }
            if (!Files.isRegularFile(path)) {
                throw new KeyException.BackendUnusable(new Problem(ErrorCode.MODULE_MISSING, "no token was opened",
                        Files.isDirectory(path) ? path + " is a folder" : "there is no module " + path,
                        "check module-path, and that the token's software is installed"), null);
            }
            try {
                Cryptoki first = load(path, settings);
                first.initialize();
                TokenModule module = new TokenModule(path, settings, first);
                place.set(module);
                return module;
            } catch (IllegalArgumentException e) {
                throw new KeyException.BackendUnusable(new Problem(ErrorCode.MODULE_INVALID, "no token was opened",
                        path + " is not a PKCS#11 module: " + e.getMessage(), "check module-path: it names a library such as libsofthsm2.so"), e);
            } catch (CkException e) {
                throw TokenErrors.of("module " + path, e);
            }
        }
    }

    private static Cryptoki load(Path path, Pkcs11Settings settings) throws CkException {
        return switch (settings.isolation()) {
            case NONE -> NativeCryptoki.load(path, settings.initializeParameters().orElse(null));
            case PROCESS -> RemoteCryptoki.start(path, settings.initializeParameters().orElse(null));
        };
    }

    Path path() {
        return path;
    }

    /// The module as it runs now; in a fresh process, when the one it ran in has ended.
    ///
    /// @throws CkException when no process can be started
    Running running() throws CkException {
        Running now = running;
        return now.cryptoki().isUsable() ? now : again();
    }

    private synchronized Running again() throws CkException {
        if (!running.cryptoki().isUsable()) {
            running = new Running(load(path, settings), running.generation() + 1);
        }
        return running;
    }

    Cryptoki cryptoki() throws CkException {
        return running().cryptoki();
    }

    /// Whether this is how it still runs.
    boolean isCurrent(Running then) {
        Running now = running;
        return now.generation() == then.generation() && now.cryptoki().isUsable();
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

    /// C_Finalize and C_Initialize, or a new process, which is what revives the client library of a network token after its connection was cut. Not done
    /// while a call is under way, since C_Finalize behind a stuck call isn't safe, nor twice for the same loss.
    ///
    /// @param seen the generation in which the loss was noticed
    /// @return whether the module is at least one generation on
    boolean reinitialize(long seen) throws CkException {
        if (settings.isolation() == Pkcs11Settings.Isolation.PROCESS) {
            Running now = running();
            if (now.generation() == seen) {
                now.cryptoki().finish();
            }
            return true;
        }
        boolean alone = false;
        try {
            alone = inUse.writeLock().tryLock(REINITIALIZE_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!alone) {
                return false;
            }
            Running now = running();
            if (now.generation() == seen) {
                now.cryptoki().finish();
                now.cryptoki().initialize();
                moved(new Running(now.cryptoki(), seen + 1));
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

    private synchronized void moved(Running next) {
        running = next;
    }
}
