package dev.chancery.adapters.pkcs11;

import dev.chancery.adapters.pkcs11.Wire.Op;
import dev.chancery.domain.secret.SecretVariables;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A module in a process of its own ([ModuleHost]). A caller that is interrupted has met its deadline: from then on the process takes no new
/// calls, those under way end as they may, and then it is killed. A module that crashes takes nothing else along.
final class RemoteCryptoki implements Cryptoki {
    /// Secrets that the helper has no business to know.

    private static final long LOAD = 0;

    private final Process process;
    private final DataOutputStream out;
    private final Map<Long, CompletableFuture<Wire.Message>> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<Wire.Message> loaded = new CompletableFuture<>();
    private final AtomicLong numbers = new AtomicLong(LOAD);
    private volatile boolean condemned;
    private volatile boolean silent;

    private RemoteCryptoki(Process process) {
        this.process = process;
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /// Starts a helper and tells it what to load. Doesn't wait for it.
    ///
    /// @throws CkException when no process can be started
    static RemoteCryptoki start(Path module, @Nullable String parametersOrNull) throws CkException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT);
            SecretVariables.withholdOwn(builder.environment());
            RemoteCryptoki started = new RemoteCryptoki(builder.start());
            started.pending.put(LOAD, started.loaded);
            Thread.ofPlatform().daemon().name("chancery-pkcs11-answers").start(started::listen);
            Wire.send(started.out, LOAD, out -> {
                Wire.name(out, Op.LOAD);
                Wire.text(out, module.toString());
                out.writeBoolean(parametersOrNull != null);
                if (parametersOrNull != null) {
                    Wire.text(out, parametersOrNull);
                }
            });
            return started;
        } catch (IOException e) {
            throw new CkException("C_Initialize", Ckr.GENERAL_ERROR.value(), "no helper process for the module could be started: " + e.getMessage());
        }
    }

    /// A crash is reported by the helper's end alone: the virtual machine's own report would hold memory, in which a PIN may have been.
    private static List<String> command() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), ModuleHost.class.getName());
    }

    @Override
    public boolean isUsable() {
        return !condemned && process.isAlive();
    }

    private void listen() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                Wire.Message answer = Wire.receive(in);
                CompletableFuture<Wire.Message> waiting = pending.remove(answer.number());
                if (waiting != null) {
                    waiting.complete(answer);
                }
                endIfIdle();
            }
        } catch (IOException e) {
            condemned = true;
            silent = true; // before those who wait are told: whoever comes later looks here after it began to wait
            process.destroyForcibly();
            pending.values().forEach(waiting -> waiting.completeExceptionally(e));
        }
    }

    /// Reads an answer.
    @FunctionalInterface
    interface Answer<T> {
        T read(DataInputStream in) throws IOException;
    }

    /// Asks and waits for the answer.
    ///
    /// @throws CkException as the module's function does; or with CKR_DEVICE_REMOVED when the helper has ended
    <T> T ask(Op op, Wire.Body body, Answer<T> answer) throws CkException {
        initialize();
        long number = numbers.incrementAndGet();
        CompletableFuture<Wire.Message> waiting = new CompletableFuture<>();
        pending.put(number, waiting);
        try {
            synchronized (out) {
                Wire.send(out, number, to -> {
                    Wire.name(to, op);
                    body.writeTo(to);
                });
            }
        } catch (IOException e) {
            pending.remove(number);
            throw ended(op);
        }
        if (silent) {
            pending.remove(number);
            throw ended(op); // nobody listens for the answer any more
        }
        return read(op, number, waiting, answer);
    }

    private <T> T read(Op op, long number, CompletableFuture<Wire.Message> waiting, Answer<T> answer) throws CkException {
        try {
            DataInputStream in = waiting.get().reader();
            return switch (Wire.Status.valueOf(Wire.text(in))) {
                case DONE -> answer.read(in);
                case REFUSED -> throw new CkException(Wire.text(in), in.readLong());
                case UNUSABLE -> throw new IllegalArgumentException(Wire.text(in));
            };
        } catch (InterruptedException e) {
            condemned = true;
            pending.remove(number);
            endIfIdle();
            Thread.currentThread().interrupt();
            throw ended(op);
        } catch (ExecutionException | IOException e) {
            throw ended(op);
        }
    }

    private void endIfIdle() {
        if (condemned && pending.isEmpty()) {
            process.destroyForcibly();
        }
    }

    private static CkException ended(Op op) {
        return new CkException(op.name(), Ckr.DEVICE_REMOVED.value(), "the module's helper process has ended (asked for " + op + ")");
    }

    /// Waits until the helper has loaded and initialised the module.
    @Override
    public void initialize() throws CkException {
        boolean ready = false;
        try {
            read(Op.LOAD, LOAD, loaded, _ -> true);
            ready = true;
        } finally {
            if (!ready) {
                finish();
            }
        }
    }

    /// Ends the helper when the calls under way have come back.
    @Override
    public void finish() {
        condemned = true;
        endIfIdle();
    }

    @Override
    public String describe() throws CkException {
        return ask(Op.DESCRIBE, _ -> { }, Wire::text);
    }

    @Override
    public List<SlotInfo> slots() throws CkException {
        return ask(Op.SLOTS, _ -> { }, in -> {
            List<SlotInfo> slots = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                slots.add(new SlotInfo(in.readLong(), Wire.text(in), in.readBoolean()));
            }
            return slots;
        });
    }

    @Override
    public List<TokenInfo> tokens() throws CkException {
        return ask(Op.TOKENS, _ -> { }, in -> {
            List<TokenInfo> tokens = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                tokens.add(Wire.token(in));
            }
            return tokens;
        });
    }

    @Override
    public TokenInfo token(long slot) throws CkException {
        return ask(Op.TOKEN, to -> to.writeLong(slot), Wire::token);
    }

    @Override
    public Set<Long> mechanisms(long slot, long flag) throws CkException {
        return ask(Op.MECHANISMS, to -> {
            to.writeLong(slot);
            to.writeLong(flag);
        }, in -> {
            Set<Long> mechanisms = new HashSet<>();
            for (int left = in.readInt(); left > 0; left--) {
                mechanisms.add(in.readLong());
            }
            return mechanisms;
        });
    }

    @Override
    public Session open(long slot, boolean writing) throws CkException {
        return new RemoteSession(this, ask(Op.OPEN, to -> {
            to.writeLong(slot);
            to.writeBoolean(writing);
        }, DataInputStream::readLong));
    }
}
