package dev.chancery.adapters.keys;

import dev.chancery.adapters.keys.jca.JcaUri;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.ports.key.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keys in PKCS #12 files (RFC 7292): paths that end in `.p12` or `.pfx`, and `jca:pkcs12;file=PATH;alias=ALIAS`. They sign in this
/// process, as other key files do.
public final class Pkcs12Backend implements KeyBackend {
    private static final String PREFIX = JcaUri.SCHEME + ":" + JcaUri.PKCS12;

    private final SecureRandom random;

    /// @param random for the algorithms that need it to sign
    public Pkcs12Backend(SecureRandom random) {
        this.random = random;
    }

    static boolean isPkcs12(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return lower.endsWith(".p12") || lower.endsWith(".pfx");
    }

    @Override
    public boolean accepts(KeyRef ref) {
        return ref instanceof KeyRef.KeyFile file ? isPkcs12(file.path())
                : JcaUri.isMeantBy(ref) && (ref.text().equals(PREFIX) || ref.text().startsWith(PREFIX + ";"));
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        Found only = only(ref, access);
        return new FileSigningKey(only.material(), only.description());
    }

    @Override
    public KeyCustodian custodian() {
        return new Custodian();
    }

    private Found only(KeyRef ref, KeyAccess access) throws KeyException {
        JcaUri uri = uri(ref);
        List<Found> all = all(uri, access);
        List<Found> matching = all.stream()
                .filter(found -> uri.aliasOrNull() == null || found.description().label().equals(uri.aliasOrNull())).toList();
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        List<String> present = (matching.isEmpty() ? all : matching).stream().map(found -> found.description().uri()).toList();
        String there = present.isEmpty() ? "the file has no private keys" : "the file has " + String.join(", ", present);
        throw new KeyException.NotOne(matching.isEmpty()
                ? new Problem(ErrorCode.KEY_NOT_FOUND, "there is no key " + ref.text(), there, "name one of the file's keys")
                : new Problem(ErrorCode.KEY_AMBIGUOUS, "more than one key matches " + ref.text(), there, "name one of them"), present);
    }

    private static JcaUri uri(KeyRef ref) throws KeyException {
        if (ref instanceof KeyRef.KeyFile file) {
            return new JcaUri(JcaUri.PKCS12, null, file.path());
        }
        JcaUri uri = JcaUri.parse(ref.text());
        if (uri.fileOrNull() == null) {
            throw new KeyException.BackendUnusable(new Problem(ErrorCode.KEY_URI_MALFORMED, "the key URI " + ref.text() + " names no file",
                    "jca:pkcs12 is for a PKCS #12 file", "write jca:pkcs12;file=PATH;alias=ALIAS"), null);
        }
        return uri;
    }

    /// All keys of the file, by alias.
    private List<Found> all(JcaUri uri, KeyAccess access) throws KeyException {
        String path = java.util.Objects.requireNonNull(uri.fileOrNull());
        KeyFileStore.Content content = KeyFileStore.read(path);
        char[] passphrase = passphrase(path, access.pinEntry());
        try {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            try (InputStream in = content.pem().inputStream()) {
                keyStore.load(in, passphrase);
            }
            TreeMap<String, Found> keys = new TreeMap<>();
            for (String alias : Collections.list(keyStore.aliases())) {
                if (keyStore.isKeyEntry(alias)) {
                    keys.put(alias, key(keyStore, alias, passphrase, uri, content.exposedOrNull()));
                }
            }
            return List.copyOf(keys.values());
        } catch (UnrecoverableKeyException e) {
            throw KeyFiles.wrongPassphrase(path, e);
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException ? KeyFiles.wrongPassphrase(path, e)
                    : KeyFiles.invalid(path, "it is no PKCS #12 file, or is damaged", e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw KeyFiles.invalid(path, "it has something that is not read here", e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private Found key(KeyStore keyStore, String alias, char[] passphrase, JcaUri uri, @Nullable String exposedOrNull)
            throws GeneralSecurityException, KeyException {
        String name = uri.withAlias(alias).text();
        byte[] pkcs8 = keyStore.getKey(alias, passphrase).getEncoded();
        try {
            PrivateKeyMaterial material = PrivateKeyMaterial.fromPkcs8(pkcs8, name, random);
            return new Found(material, new KeyDescription(name, alias,
                    new ExpectedKey(material.publicKey(), ExpectedKey.Source.PRIVATE_KEY), KeyFiles.facts(exposedOrNull)));
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static char[] passphrase(String path, PinEntry pinEntry) throws KeyException {
        try (Pin pin = pinEntry.request(new PinEntry.Prompt(PinEntry.Kind.PASSPHRASE, path)).orElseThrow(() -> KeyFiles.noPassphrase(path))) {
            return pin.characters(SecretAccess.grantedForUse());
        }
    }

    private record Found(PrivateKeyMaterial material, KeyDescription description) {}

    private final class Custodian implements KeyCustodian {
        @Override
        public Set<KeySpec> generatable(KeyRef ref) {
            return Set.of();
        }

        @Override
        public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
            throw new KeyException.Unsupported("no key was made in " + ref.text(),
                    "make a PEM file instead, or a PKCS #12 file with keytool -genkeypair");
        }

        @Override
        public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
            JcaUri uri = uri(ref);
            List<KeyDescription> found = new ArrayList<>();
            for (Found key : all(uri, access)) {
                if (uri.aliasOrNull() == null || key.description().label().equals(uri.aliasOrNull())) {
                    found.add(key.description());
                }
            }
            return List.copyOf(found);
        }

        @Override
        public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
            return only(ref, access).description();
        }
    }
}
