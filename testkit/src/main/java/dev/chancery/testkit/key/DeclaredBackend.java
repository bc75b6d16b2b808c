package dev.chancery.testkit.key;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.PinEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A back end under test, and what it says it can do. Built with [#of(KeyBackend)].
public final class DeclaredBackend {
    private final KeyBackend backend;
    private final List<DeclaredKey> keys;
    private final KeyRef absent;
    private final @Nullable String absentSecret;
    private final @Nullable KeyRef ambiguous;
    private final @Nullable Secret secret;
    private final @Nullable Generation generation;
    private final @Nullable Slowing slowing;
    private final Judge judge;

    private DeclaredBackend(Builder builder) {
        this.backend = builder.backend;
        this.keys = List.copyOf(builder.keys);
        this.absent = java.util.Objects.requireNonNull(builder.absent, "declare a reference that names no key");
        this.absentSecret = builder.absentSecret;
        this.ambiguous = builder.ambiguous;
        this.secret = builder.secret;
        this.generation = builder.generation;
        this.slowing = builder.slowing;
        this.judge = builder.judge;
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("declare at least one key");
        }
        if (secret == null && keys.stream().anyMatch(key -> key.secretOrNull() != null)) {
            throw new IllegalArgumentException("a key needs a PIN: declare with secret(…) what a wrong one leads to");
        }
    }

    /// Begins a declaration.
    public static Builder of(KeyBackend backend) {
        return new Builder(backend);
    }

    KeyBackend backend() {
        return backend;
    }

    List<DeclaredKey> keys() {
        return keys;
    }

    KeyRef absent() {
        return absent;
    }

    PinEntry absentPinEntry() {
        return absentSecret == null ? FixedPinEntry.none() : FixedPinEntry.of(absentSecret);
    }

    Optional<KeyRef> ambiguous() {
        return Optional.ofNullable(ambiguous);
    }

    Optional<Secret> secret() {
        return Optional.ofNullable(secret);
    }

    Optional<Generation> generation() {
        return Optional.ofNullable(generation);
    }

    Optional<Slowing> slowing() {
        return Optional.ofNullable(slowing);
    }

    Judge judge() {
        return judge;
    }

    /// Who says whether a signature is right.
    public interface Judge {
        /// Whether the signature is by the key over the content, which it hashes itself.
        boolean verifies(PublicKey key, Bytes content, Signature signature);
    }

    /// A key that a secret protects.
    ///
    /// @param key one of the declared keys; its own secret is the right one
    /// @param kind what the back end asks for
    /// @param wrong a secret of a form that the back end tries, and that is wrong
    /// @param attemptsOrNull how many secrets the token or file has been tried with so far, where that can be counted
    public record Secret(DeclaredKey key, PinEntry.Kind kind, String wrong, @Nullable LongSupplier attemptsOrNull) {
        /// @throws IllegalArgumentException when the key needs no secret, or the wrong one is the right one
        public Secret {
            if (key.secretOrNull() == null || key.secretOrNull().equals(wrong)) {
                throw new IllegalArgumentException("a protected key has a secret, and the wrong one is another");
            }
        }
    }

    /// A place where keys can be made.
    ///
    /// @param place the reference for a new key of a name, which consists of lower-case letters and digits
    /// @param specs all the kinds it makes there; the kit makes one of each and checks that the rest is refused
    /// @param formats the file formats to try; tokens name any one
    /// @param secretOrNull the PIN it is done with, or the passphrase of new files
    public record Generation(Function<String, KeyRef> place, Set<KeySpec> specs, Set<FileFormat> formats, @Nullable String secretOrNull) {
        public Generation {
            specs = specs.isEmpty() ? EnumSet.noneOf(KeySpec.class) : EnumSet.copyOf(specs);
            formats = EnumSet.copyOf(formats);
        }

        FixedPinEntry pinEntry() {
            return secretOrNull == null ? FixedPinEntry.none() : FixedPinEntry.of(secretOrNull);
        }
    }

    /// A way to make a key slow.
    public interface Slowing {
        /// The key.
        DeclaredKey key();

        /// From now on a signature takes longer than any deadline, until the result is closed. The key is open by then.
        AutoCloseable slowDown() throws Exception;
    }

    /// Collects a declaration.
    public static final class Builder {
        private final KeyBackend backend;
        private final List<DeclaredKey> keys = new ArrayList<>();
        private @Nullable KeyRef absent;
        private @Nullable String absentSecret;
        private @Nullable KeyRef ambiguous;
        private @Nullable Secret secret;
        private @Nullable Generation generation;
        private @Nullable Slowing slowing;
        private Judge judge = JdkSignatureCheck::verifies;

        private Builder(KeyBackend backend) {
            this.backend = backend;
        }

        /// One more key it holds.
        public Builder key(DeclaredKey key) {
            keys.add(key);
            return this;
        }

        /// A reference of its kind that names no key.
        ///
        /// @param secretOrNull what is needed to find that out
        public Builder absent(KeyRef ref, @Nullable String secretOrNull) {
            this.absent = ref;
            this.absentSecret = secretOrNull;
            return this;
        }

        /// A reference that more than one key matches. Left out where the back end can't have that, such as files.
        /// The same secret is needed as for an absent key.
        public Builder ambiguous(KeyRef ref) {
            this.ambiguous = ref;
            return this;
        }

        /// A key that a PIN or passphrase protects. Left out only where the back end knows neither.
        public Builder secret(Secret protectedKey) {
            this.secret = protectedKey;
            return this;
        }

        /// Where keys are made. Left out, the kit checks that the back end makes none.
        public Builder generation(Generation place) {
            this.generation = place;
            return this;
        }

        /// How to make it slow. Left out where nothing can be, such as a key in memory.
        public Builder slowing(Slowing way) {
            this.slowing = way;
            return this;
        }

        /// Another judge of signatures than the JDK, for algorithms that it doesn't have. Never the implementation that signed.
        public Builder judge(Judge other) {
            this.judge = other;
            return this;
        }

        /// The declaration.
        ///
        /// @throws IllegalArgumentException when there is no key
        /// @throws NullPointerException when there is no absent reference
        public DeclaredBackend build() {
            return new DeclaredBackend(this);
        }
    }
}
