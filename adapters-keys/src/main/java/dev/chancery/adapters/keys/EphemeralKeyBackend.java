package dev.chancery.adapters.keys;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Keys for one run, made when they are opened and never written anywhere: `fulcio:`, or `fulcio:KIND` with one of [#KINDS]. A
/// certificate authority certifies them for an identity.
public final class EphemeralKeyBackend implements KeyBackend {
    /// The scheme of their references.
    public static final String SCHEME = "fulcio";

    /// The kinds that certificate authorities certify, the default first.
    public static final List<KeySpec> KINDS = List.of(KeySpec.P_256, KeySpec.P_384, KeySpec.ED25519);

    private final SecureRandom random;
    private final Supplier<Optional<Provider>> curves;

    /// @param curves what makes ECDSA keys and signs with them, asked for when it is needed; without one the JDK does, whose code for it costs a
    ///     process that has just started much of what keyless signing takes
    public EphemeralKeyBackend(SecureRandom random, Supplier<Optional<Provider>> curves) {
        this.random = random;
        this.curves = curves;
    }

    @Override
    public boolean accepts(KeyRef ref) {
        return ref instanceof KeyRef.Other other && other.scheme().equals(SCHEME);
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        PrivateKeyMaterial material = material(kind(ref), ref);
        return new FileSigningKey(material, new KeyDescription(ref.text(), ref.text(),
                new ExpectedKey(material.publicKey(), ExpectedKey.Source.PRIVATE_KEY), List.of()));
    }

    private PrivateKeyMaterial material(KeySpec kind, KeyRef ref) throws KeyException {
        Optional<Provider> provider = kind.curve().isPresent() ? curves.get() : Optional.empty();
        if (provider.isPresent()) {
            try {
                return PrivateKeyMaterial.made(kind.curve().orElseThrow(), provider.get());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("keys of kind " + kind.cliName() + " are made by " + provider.get().getName(), e);
            }
        }
        byte[] pkcs8 = NewKeys.pkcs8(kind, random);
        try {
            return PrivateKeyMaterial.fromPkcs8(pkcs8, ref.text(), random);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static KeySpec kind(KeyRef ref) throws KeyException {
        String name = ref.text().substring(SCHEME.length() + 1);
        if (name.isEmpty()) {
            return KINDS.getFirst();
        }
        for (KeySpec kind : KINDS) {
            if (kind.cliName().equals(name)) {
                return kind;
            }
        }
        throw new KeyException.NotOne(new Problem(ErrorCode.KEY_URI_MALFORMED, "no key was made for " + ref.text(),
                "there is no such kind of ephemeral key", "write fulcio: or one of "
                        + String.join(", ", KINDS.stream().map(kind -> SCHEME + ":" + kind.cliName()).toList())), KINDS.stream().map(KeySpec::cliName).toList());
    }

    @Override
    public KeyCustodian custodian() {
        return new Custodian();
    }

    /// There is nothing to look after: no such key outlives its use.
    private static final class Custodian implements KeyCustodian {
        @Override
        public Set<KeySpec> generatable(KeyRef ref) {
            return Set.of();
        }

        @Override
        public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
            throw new KeyException.Unsupported("no key was made for " + ref.text(), "such keys are made by chancery sign itself");
        }

        @Override
        public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
            throw new KeyException.Unsupported("there are no keys to list for " + ref.text(), "such keys live for one command");
        }

        @Override
        public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
            throw new KeyException.Unsupported("there is no key to show for " + ref.text(), "such keys live for one command");
        }
    }
}
