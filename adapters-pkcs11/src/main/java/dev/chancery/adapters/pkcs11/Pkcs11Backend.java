package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.ports.key.SigningKey;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// ECDSA keys in PKCS#11 tokens, with or without certificates.
public final class Pkcs11Backend implements KeyBackend {
    private static final long FINAL_TRY = 0x20000;
    private static final long LOCKED = 0x40000;
    private static final Map<Path, Functions> MODULES = new ConcurrentHashMap<>();

    private final Pkcs11Settings settings;

    public Pkcs11Backend(Pkcs11Settings settings) {
        this.settings = settings;
    }

    private record Token(long slot, String label, String serial, long flags) {}

    @Override
    public boolean accepts(KeyRef ref) {
        return ref instanceof Pkcs11KeyRef;
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        Pkcs11KeyRef uri = (Pkcs11KeyRef) ref;
        Functions functions = module(uri);
        Token token = token(functions, uri);
        try {
            Session session = Session.open(functions, token.slot());
            login(session, token, uri, access);
            List<Long> found = session.find(Session.PRIVATE_KEY, uri.object().map(Bytes::ofUtf8), uri.id());
            if (found.size() != 1) {
                throw notOne(session, token, found.isEmpty() ? session.find(Session.PRIVATE_KEY, Optional.empty(), Optional.empty()) : found, found.isEmpty());
            }
            long key = found.getFirst();
            if (session.value(key, Session.SIGN).map(value -> value.at(0) == 0).orElse(false)) {
                throw TokenErrors.of(token.label(), new CkException("CKA_SIGN", CkException.KEY_FUNCTION_NOT_PERMITTED));
            }
            Bytes id = session.value(key, Session.ID).orElse(Bytes.empty());
            EcPublicKey publicKey = publicKey(session, token, id);
            String label = session.value(key, Session.LABEL).flatMap(Bytes::utf8).orElse("");
            return new TokenSigningKey(session, key, new KeyDescription(uri.text().replaceFirst("[?&]pin-source=[^&]*", ""), label,
                    new ExpectedKey(publicKey, ExpectedKey.Source.PUBLIC_OBJECT),
                    List.of(new KeyDescription.Fact("token", token.label()), new KeyDescription.Fact("serial", token.serial()),
                            new KeyDescription.Fact("id", id.toHex()))), publicKey);
        } catch (CkException e) {
            throw TokenErrors.of(token.label(), e);
        }
    }

    private Functions module(Pkcs11KeyRef uri) throws KeyException {
        String text = uri.modulePath().or(settings::modulePath).orElseThrow(() -> new KeyException.BackendUnusable(
                new Problem(ErrorCode.MODULE_MISSING, "no token was opened", "neither the URI nor CHANCERY_PKCS11_MODULE names a PKCS#11 module",
                        "add ?module-path=/path/of/module.so to the URI"), null));
        Path path = Path.of(text).toAbsolutePath();
        if (!Files.isRegularFile(path)) {
            throw new KeyException.BackendUnusable(new Problem(ErrorCode.MODULE_MISSING, "no token was opened", "there is no module " + path,
                    "check module-path, and that the token's software is installed"), null);
        }
        synchronized (MODULES) {
            Functions known = MODULES.get(path);
            if (known != null) {
                return known;
            }
            try (Arena arena = Arena.ofConfined()) {
                Functions functions = Functions.load(path);
                MemorySegment arguments = arena.allocate(48, 8);
                arguments.set(JAVA_LONG, 32, 2L); // CKF_OS_LOCKING_OK
                try {
                    functions.call("C_Initialize", Functions.INITIALIZE, arguments);
                } catch (CkException e) {
                    if (e.value() != CkException.CRYPTOKI_ALREADY_INITIALIZED) {
                        throw e;
                    }
                }
                MODULES.put(path, functions);
                return functions;
            } catch (IllegalArgumentException e) {
                throw new KeyException.BackendUnusable(new Problem(ErrorCode.MODULE_INVALID, "no token was opened",
                        path + " is not a PKCS#11 module: " + e.getMessage(), "check module-path"), e);
            } catch (CkException e) {
                throw TokenErrors.of(path.toString(), e);
            }
        }
    }

    private static Token token(Functions functions, Pkcs11KeyRef uri) throws KeyException {
        List<Token> all = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_LONG);
            functions.call("C_GetSlotList", Functions.GET_SLOT_LIST, (byte) 1, MemorySegment.NULL, count);
            long slots = count.get(JAVA_LONG, 0);
            MemorySegment list = arena.allocate(JAVA_LONG, Math.max(1, slots));
            functions.call("C_GetSlotList", Functions.GET_SLOT_LIST, (byte) 1, list, count);
            for (int i = 0; i < count.get(JAVA_LONG, 0); i++) {
                MemorySegment info = arena.allocate(208, 8);
                functions.call("C_GetTokenInfo", Functions.GET_TOKEN_INFO, list.getAtIndex(JAVA_LONG, i), info);
                all.add(new Token(list.getAtIndex(JAVA_LONG, i), padded(info, 0, 32), padded(info, 80, 16), info.get(JAVA_LONG, 96)));
            }
        } catch (CkException e) {
            throw TokenErrors.of("", e);
        }
        List<Token> matching = all.stream()
                .filter(token -> uri.token().map(token.label()::equals).orElse(true))
                .filter(token -> uri.serial().map(token.serial()::equals).orElse(true))
                .filter(token -> uri.slotId().map(slot -> slot == token.slot()).orElse(true))
                .toList();
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        List<String> lines = (matching.isEmpty() ? all : matching).stream().map(token -> token.label() + " (serial " + token.serial() + ")").toList();
        throw new KeyException.NotOne(new Problem(matching.isEmpty() ? ErrorCode.TOKEN_NOT_FOUND : ErrorCode.TOKEN_AMBIGUOUS,
                "no token was opened", matching.size() + " tokens match the URI; there are: " + String.join(", ", lines),
                "name one with token=, serial= or slot-id="), lines);
    }

    private static String padded(MemorySegment info, long offset, int length) {
        byte[] bytes = info.asSlice(offset, length).toArray(JAVA_BYTE);
        return Bytes.copyOf(bytes).utf8().orElse("").replaceAll("[ \\x00]+$", "");
    }

    private static void login(Session session, Token token, Pkcs11KeyRef uri, KeyAccess access) throws KeyException, CkException {
        if ((token.flags() & LOCKED) != 0) {
            throw TokenErrors.of(token.label(), new CkException("C_GetTokenInfo", CkException.PIN_LOCKED));
        }
        if ((token.flags() & FINAL_TRY) != 0 && !access.finalTryConfirmed()) {
            throw new KeyException.PinFinalTry(new Problem(ErrorCode.PIN_FINAL_TRY, "the token " + token.label() + " was not opened",
                    "it says that one more wrong PIN locks it", "make sure of the PIN, then add --confirm-final-try"));
        }
        Optional<Pin> pin = uri.pinSource().isPresent() ? Optional.of(pinFile(uri.pinSource().get().path()))
                : access.pinEntry().request(new PinEntry.Prompt(PinEntry.Kind.TOKEN_PIN, token.label()));
        try (Pin given = pin.orElseThrow(() -> new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_UNAVAILABLE,
                "the token " + token.label() + " was not opened", "no PIN was given and there is nobody to ask",
                "add pin-source=FILE to the URI, set CHANCERY_PIN, or run in a terminal"), null))) {
            session.login(given);
        }
    }

    private static Pin pinFile(String path) throws KeyException {
        try {
            String text = Files.readString(Path.of(path));
            char[] characters = text.endsWith("\n") ? text.substring(0, text.length() - 1).toCharArray() : text.toCharArray();
            Pin pin = Pin.copyOf(characters);
            Arrays.fill(characters, '\0');
            return pin;
        } catch (IOException e) {
            throw new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_SOURCE_UNREADABLE, "no token was opened",
                    "the PIN cannot be read from " + path + ": " + e.getClass().getSimpleName(), "check pin-source and the file's permissions"), e);
        }
    }

    private static KeyException.NotOne notOne(Session session, Token token, List<Long> keys, boolean absent) throws CkException {
        List<String> lines = new ArrayList<>();
        for (long key : keys) {
            lines.add(session.value(key, Session.LABEL).flatMap(Bytes::utf8).orElse("") + " (id "
                    + session.value(key, Session.ID).map(Bytes::toHex).orElse("") + ")");
        }
        return new KeyException.NotOne(new Problem(absent ? ErrorCode.KEY_NOT_FOUND : ErrorCode.KEY_AMBIGUOUS,
                "no key was opened on token " + token.label(),
                (absent ? "no private key matches; there are: " : "several private keys match: ") + String.join(", ", lines),
                "name one with object= and id="), lines);
    }

    /// The public key object with the same CKA_ID. CKA_EC_POINT is a DER OCTET STRING or, on some tokens, the bare point.
    private static EcPublicKey publicKey(Session session, Token token, Bytes id) throws KeyException, CkException {
        List<Long> objects = session.find(Session.PUBLIC_KEY, Optional.empty(), Optional.of(id));
        Bytes point = objects.isEmpty() ? Bytes.empty() : session.value(objects.getFirst(), Session.EC_POINT).orElse(Bytes.empty());
        for (Curve curve : Curve.values()) {
            int length = 1 + 2 * curve.fieldLength();
            if (point.size() >= length && point.size() <= length + 3) {
                return new EcPublicKey(curve, point.slice(point.size() - length, point.size()));
            }
        }
        throw new KeyException.BackendUnusable(new Problem(ErrorCode.EXPECTED_KEY_UNKNOWN, "no key was opened on token " + token.label(),
                "there is no ECDSA public key object with the private key's id " + id.toHex(),
                "put the public key object on the token; other kinds of key are not read yet"), null);
    }

    @Override
    public KeyCustodian custodian() {
        return new KeyCustodian() {
            @Override
            public Set<KeySpec> generatable(KeyRef ref) {
                return Set.of();
            }

            @Override
            public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
                throw new KeyException.Unsupported("no key was made", "make it with the token's own tool");
            }

            @Override
            public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
                return List.of(describe(ref, access));
            }

            @Override
            public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
                try (SigningKey key = open(ref, access)) {
                    return key.description();
                }
            }
        };
    }
}
