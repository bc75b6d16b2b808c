package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.chancery.adapters.pkcs11.Wire.Op;
import dev.chancery.adapters.pkcs11.Wire.Status;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The helper process: hosts one module, answers what it is asked on its standard input ([Wire]), and ends with the process that started it.
/// Each question runs on a thread of its own, so that one that hangs keeps no other waiting. It knows no rules: those are kept by who asks.
public final class ModuleHost {
    private final DataOutputStream out;
    private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable Cryptoki module;

    private ModuleHost(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    /// Not for people: started by the PKCS#11 adapter when modules are to run in processes of their own.
    ///
    /// @param arguments none
    public static void main(String[] arguments) throws IOException {
        ModuleHost host = new ModuleHost(answers());
        ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("module-", 0).factory());
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in))) {
            while (true) {
                Wire.Message question = Wire.receive(in);
                threads.execute(() -> host.answer(question));
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(0); // who started this is gone; calls that hang don't matter any more
        }
    }

    /// Standard output under another number: what the module itself prints goes to standard error, and spoils no answer.
    private static OutputStream answers() throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle dup = linker.downcallHandle(linker.defaultLookup().find("dup").orElseThrow(), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        MethodHandle dup2 = linker.downcallHandle(linker.defaultLookup().find("dup2").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            int kept = (int) dup.invokeExact(1);
            int moved = (int) dup2.invokeExact(2, 1);
            if (kept < 0 || moved < 0) {
                throw new IOException("standard output cannot be kept apart");
            }
            return new FileOutputStream("/dev/fd/" + kept);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("standard output cannot be kept apart", e);
        }
    }

    private void answer(Wire.Message question) {
        try {
            Wire.Body answer = worked(question);
            synchronized (out) {
                Wire.send(out, question.number(), answer);
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1); // nobody hears the answer
        } finally {
            question.wipe();
        }
    }

    private Wire.Body worked(Wire.Message question) throws IOException {
        try {
            DataInputStream in = question.reader();
            Wire.Body result = work(Op.valueOf(Wire.text(in)), in);
            return to -> {
                Wire.name(to, Status.DONE);
                result.writeTo(to);
            };
        } catch (CkException e) {
            return to -> {
                Wire.name(to, Status.REFUSED);
                Wire.text(to, e.function());
                to.writeLong(e.value());
            };
        } catch (IllegalArgumentException e) {
            return to -> {
                Wire.name(to, Status.UNUSABLE);
                Wire.text(to, String.valueOf(e.getMessage()));
            };
        }
    }

    private Wire.Body work(Op op, DataInputStream in) throws IOException, CkException {
        return switch (op) {
            case LOAD -> load(Path.of(Wire.text(in)), in.readBoolean() ? Wire.text(in) : null);
            case DESCRIBE -> {
                String description = loaded().describe();
                yield to -> Wire.text(to, description);
            }
            case SLOTS -> {
                List<SlotInfo> slots = loaded().slots();
                yield to -> {
                    to.writeInt(slots.size());
                    for (SlotInfo slot : slots) {
                        to.writeLong(slot.number());
                        Wire.text(to, slot.description());
                        to.writeBoolean(slot.occupied());
                    }
                };
            }
            case TOKENS -> {
                List<TokenInfo> tokens = loaded().tokens();
                yield to -> {
                    to.writeInt(tokens.size());
                    for (TokenInfo token : tokens) {
                        Wire.token(to, token);
                    }
                };
            }
            case TOKEN -> {
                TokenInfo token = loaded().token(in.readLong());
                yield to -> Wire.token(to, token);
            }
            case MECHANISMS -> {
                Set<Long> mechanisms = loaded().mechanisms(in.readLong(), in.readLong());
                yield numbers(List.copyOf(mechanisms));
            }
            case OPEN -> {
                long number = numbers.incrementAndGet();
                sessions.put(number, loaded().open(in.readLong(), in.readBoolean()));
                yield to -> to.writeLong(number);
            }
            case CLOSE -> {
                long number = in.readLong();
                Session session = session(number);
                sessions.remove(number);
                session.close();
                yield nothing();
            }
            case LOGIN, LOGOUT, ALIVE, FIND, VALUE, SIGN, SIGN_AUTHENTICATED, GENERATE, SET, DESTROY -> within(op, session(in.readLong()), in);
        };
    }

    private static Wire.Body within(Op op, Session session, DataInputStream in) throws IOException, CkException {
        switch (op) {
            case LOGIN -> {
                try (Pin pin = Wire.pin(in)) {
                    session.login(pin);
                }
            }
            case LOGOUT -> session.logout();
            case SET -> session.set(in.readLong(), Wire.template(in));
            case DESTROY -> session.destroy(in.readLong());
            case ALIVE -> {
                boolean alive = session.isAlive(in.readBoolean());
                return to -> to.writeBoolean(alive);
            }
            case FIND -> {
                return numbers(session.find(Wire.template(in)));
            }
            case VALUE -> {
                Optional<Bytes> value = session.value(in.readLong(), in.readLong());
                return to -> {
                    to.writeBoolean(value.isPresent());
                    if (value.isPresent()) {
                        Wire.bytes(to, value.get());
                    }
                };
            }
            case SIGN -> {
                Bytes signature = session.sign(Wire.mechanism(in), in.readLong(), Wire.bytes(in));
                return to -> Wire.bytes(to, signature);
            }
            case SIGN_AUTHENTICATED -> {
                Mechanism how = Wire.mechanism(in);
                long key = in.readLong();
                try (Pin pin = Wire.pin(in)) {
                    Bytes signature = session.signAuthenticated(how, key, pin, Wire.bytes(in));
                    return to -> Wire.bytes(to, signature);
                }
            }
            case GENERATE -> {
                Session.KeyPairHandles made = session.generate(Wire.mechanism(in), Wire.template(in), Wire.template(in));
                return numbers -> {
                    numbers.writeLong(made.publicHalf());
                    numbers.writeLong(made.privateHalf());
                };
            }
            case LOAD, DESCRIBE, SLOTS, TOKENS, TOKEN, MECHANISMS, OPEN, CLOSE -> throw new IOException("not within a session");
        }
        return nothing();
    }

    private Wire.Body load(Path path, @Nullable String parametersOrNull) throws CkException {
        Cryptoki loaded = NativeCryptoki.load(path, parametersOrNull);
        loaded.initialize();
        module = loaded;
        return nothing();
    }

    private Cryptoki loaded() throws CkException {
        Cryptoki loaded = module;
        if (loaded == null) {
            throw new CkException("C_Initialize", Ckr.CRYPTOKI_NOT_INITIALIZED.value());
        }
        return loaded;
    }

    private Session session(long number) throws CkException {
        Session session = sessions.get(number);
        if (session == null) {
            throw new CkException("C_GetSessionInfo", Ckr.SESSION_HANDLE_INVALID.value());
        }
        return session;
    }

    private static Wire.Body nothing() {
        return _ -> { };
    }

    private static Wire.Body numbers(List<Long> values) {
        return to -> {
            to.writeInt(values.size());
            for (long value : values) {
                to.writeLong(value);
            }
        };
    }
}
