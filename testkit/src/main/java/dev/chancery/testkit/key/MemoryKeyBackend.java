package dev.chancery.testkit.key;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.ports.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A key back end in memory that keeps the whole contract, for tests of whatever uses keys. Thread-safe.
///
/// `memory:LABEL` names the keys of a label, `memory:LABEL/NUMBER` exactly one, `memory:` all.
public final class MemoryKeyBackend implements KeyBackend {
    /// The scheme of its references.
    public static final String SCHEME = "memory";

    private final List<Entry> entries = new ArrayList<>();
    private final AtomicLong attempts = new AtomicLong();
    private final @Nullable String pin;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private MemoryKeyBackend(@Nullable String pin) {
        this.pin = pin;
    }

    /// Keys that anybody may use.
    public static MemoryKeyBackend unprotected() {
        return new MemoryKeyBackend(null);
    }

    /// Keys behind a PIN, which is one made up for a test.
    public static MemoryKeyBackend protectedBy(String pin) {
        return new MemoryKeyBackend(pin);
    }

    /// Makes a key. Several may have one label.
    ///
    /// @return the public half
    public PublicKey add(String label, KeySpec spec) {
        return put(label, newKeyPair(spec)).publicKey();
    }

    /// How many PINs were tried so far.
    public long attempts() {
        return attempts.get();
    }

    /// Holds back every signature until the result is closed.
    public AutoCloseable holdBack() {
        CountDownLatch closed = new CountDownLatch(1);
        gate = closed;
        return closed::countDown;
    }

    @Override
    public boolean accepts(KeyRef ref) {
        return ref instanceof KeyRef.Other other && other.scheme().equals(SCHEME);
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        logIn(access);
        Entry entry = only(ref);
        return new MemorySigningKey(entry.pair().getPrivate(), entry.description(), () -> gate);
    }

    @Override
    public KeyCustodian custodian() {
        return new Custodian();
    }

    private void logIn(KeyAccess access) throws KeyException {
        if (pin == null) {
            return;
        }
        Optional<Pin> given = access.pinEntry().request(new PinEntry.Prompt(PinEntry.Kind.TOKEN_PIN, "memory"));
        try (Pin attempt = given.orElseThrow(MemoryKeyBackend::noPin)) {
            attempts.incrementAndGet();
            char[] characters = attempt.characters(SecretAccess.grantedForUse());
            try {
                if (!Arrays.equals(characters, pin.toCharArray())) {
                    throw new KeyException.PinWrong(new Problem(ErrorCode.PIN_WRONG, "the key was not opened",
                            "this is not the PIN of these keys", "give the PIN that the test made up"), -1, null);
                }
            } finally {
                Arrays.fill(characters, '\0');
            }
        }
    }

    private static KeyException.PinUnavailable noPin() {
        return new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_UNAVAILABLE, "the key was not opened",
                "there is no PIN and nobody to ask", "give a PIN entry that knows it"), null);
    }

    private Entry only(KeyRef ref) throws KeyException {
        List<Entry> matching = matching(ref);
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        if (matching.isEmpty()) {
            throw new KeyException.NotOne(new Problem(ErrorCode.KEY_NOT_FOUND, "there is no key " + ref.text(),
                    "no key has that label", "add it"), uris(all()));
        }
        throw new KeyException.NotOne(new Problem(ErrorCode.KEY_AMBIGUOUS, "the key " + ref.text() + " was not opened",
                matching.size() + " keys have that label", "name one of them by its number"), uris(matching));
    }

    private List<Entry> matching(KeyRef ref) {
        String name = ref.text().substring(SCHEME.length() + 1);
        return all().stream()
                .filter(entry -> name.isEmpty() || name.equals(entry.label()) || name.equals(entry.label() + "/" + entry.number()))
                .toList();
    }

    private static List<String> uris(List<Entry> keys) {
        return keys.stream().map(Entry::uri).toList();
    }

    private List<Entry> all() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }

    private Entry put(String label, KeyPair pair) {
        synchronized (entries) {
            Entry entry = new Entry(label, entries.size() + 1, pair);
            entries.add(entry);
            return entry;
        }
    }

    private static KeyPair newKeyPair(KeySpec spec) {
        try {
            return switch (spec) {
                case P_256 -> newKeyPair("EC", 256);
                case P_384 -> newKeyPair("EC", 384);
                case P_521 -> newKeyPair("EC", 521);
                case RSA_2048 -> newKeyPair("RSA", 2048);
                case RSA_3072 -> newKeyPair("RSA", 3072);
                case RSA_4096 -> newKeyPair("RSA", 4096);
                case ED25519 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                case ML_DSA_44 -> KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair();
                case ML_DSA_65 -> KeyPairGenerator.getInstance("ML-DSA-65").generateKeyPair();
                case ML_DSA_87 -> KeyPairGenerator.getInstance("ML-DSA-87").generateKeyPair();
            };
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the JDK makes " + spec.cliName() + " keys", e);
        }
    }

    private static KeyPair newKeyPair(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    /// One key.
    private record Entry(String label, int number, KeyPair pair) {
        PublicKey publicKey() {
            return JdkPublicKeys.fromJdk(pair.getPublic());
        }

        String uri() {
            return SCHEME + ":" + label + "/" + number;
        }

        KeyDescription description() {
            return new KeyDescription(uri(), label, new ExpectedKey(publicKey(), ExpectedKey.Source.PRIVATE_KEY), List.of());
        }
    }

    private final class Custodian implements KeyCustodian {
        @Override
        public Set<KeySpec> generatable(KeyRef ref) {
            return EnumSet.allOf(KeySpec.class);
        }

        @Override
        public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
            logIn(access);
            synchronized (entries) {
                if (!matching(ref).isEmpty()) {
                    throw new KeyException.Exists(new Problem(ErrorCode.KEY_EXISTS, "no key was made",
                            "there is a key " + ref.text(), "choose another label"));
                }
                return put(ref.text().substring(SCHEME.length() + 1), newKeyPair(generation.spec())).description();
            }
        }

        @Override
        public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
            logIn(access);
            return matching(ref).stream().map(Entry::description).toList();
        }

        @Override
        public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
            logIn(access);
            return only(ref).description();
        }
    }
}
