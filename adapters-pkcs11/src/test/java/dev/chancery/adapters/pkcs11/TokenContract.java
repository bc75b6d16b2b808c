package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.SigningKeyContract;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// The contract of every key back end, for a token whose PIN is [SoftHsm#PIN]. A token says what it has; how that is declared is the same for all.
abstract class TokenContract extends SigningKeyContract {
    private static final Map<String, List<DeclaredKey>> MADE = new HashMap<>();
    /// By token: what is made of them is short enough to be a PIN or a label anywhere.
    private static final Map<String, AtomicInteger> DECLARATIONS = new ConcurrentHashMap<>();

    private final String token;
    private final Set<KeySpec> generated;

    /// @param token tests that name the same share its keys
    /// @param generated the kinds of keys that it makes
    TokenContract(String token, Set<KeySpec> generated) {
        this.token = token;
        this.generated = generated;
    }

    /// How the module is used.
    Pkcs11Settings settings() {
        return Pkcs11Settings.of(null).withLanes(8);
    }

    /// Makes the token and its keys; once. Those that nothing is signed with are named `double`.
    abstract List<DeclaredKey> make(Pkcs11Backend backend) throws Exception;

    /// A reference to a key of the token.
    abstract KeyRef ref(String name) throws IOException, KeyRefException;

    /// A reference that several keys match.
    KeyRef ambiguous() throws IOException, KeyRefException {
        return ref("double");
    }

    /// What makes signatures slow.
    DeclaredBackend.Slowing slowing(DeclaredKey key) {
        return SoftHsm.slowSignatures(key);
    }

    /// Whether its logins can be counted.
    boolean countsLogins() {
        return true;
    }

    @Override
    protected final DeclaredBackend declare() throws Exception {
        Pkcs11Backend backend = new Pkcs11Backend(settings(), SoftHsm.decoder());
        List<DeclaredKey> keys = keys(backend);
        int number = DECLARATIONS.computeIfAbsent(token, _ -> new AtomicInteger()).incrementAndGet();
        DeclaredBackend.Builder declaration = DeclaredBackend.of(backend);
        keys.forEach(declaration::key);
        declaration.absent(ref("nothing"), SoftHsm.PIN)
                .ambiguous(ambiguous())
                .secret(new DeclaredBackend.Secret(keys.getFirst(), PinEntry.Kind.TOKEN_PIN, "wrong-" + number,
                        countsLogins() ? () -> SoftHsm.calls("Login") : null))
                .slowing(slowing(keys.getFirst()));
        if (!generated.isEmpty()) {
            declaration.generation(new DeclaredBackend.Generation(name -> place(name + number), generated, Set.of(FileFormat.PKCS8_ENCRYPTED), SoftHsm.PIN));
        }
        return declaration.build();
    }

    private List<DeclaredKey> keys(Pkcs11Backend backend) throws Exception {
        synchronized (MADE) {
            @Nullable List<DeclaredKey> known = MADE.get(token);
            if (known == null) {
                known = List.copyOf(make(backend));
                MADE.put(token, known);
            }
            return known;
        }
    }

    /// A key with the token's PIN.
    final DeclaredKey declared(String name, PublicKey publicKey, SignatureAlgorithm... algorithms) throws IOException, KeyRefException {
        return new DeclaredKey(ref(name), publicKey, Set.of(algorithms), SoftHsm.PIN);
    }

    private KeyRef place(String name) {
        try {
            return ref(name);
        } catch (IOException | KeyRefException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    final void endFaults() throws IOException {
        SoftHsm.rules();
    }
}
