package dev.chancery.adapters.keys.jca;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The stores that the configuration file names. Read when a reference first needs it; a program that uses none reads nothing.
public final class JcaConfiguration {
    private static final int MAX_LENGTH = 1 << 20;

    private final Path file;

    /// @param file the configuration, whether or not it exists
    public JcaConfiguration(Path file) {
        this.file = file;
    }

    /// Finds a store. Blocks.
    ///
    /// @throws KeyException when the file is unsound or others can change it, or has no such store
    JcaStore store(String name) throws KeyException {
        Map<String, JcaStore> stores = read();
        JcaStore store = stores.get(name);
        if (store == null) {
            throw new KeyException.BackendUnusable(new Problem(ErrorCode.JCA_STORE_UNKNOWN, "there is no key store " + name,
                    stores.isEmpty() ? "the configuration " + file + " names none, or does not exist"
                            : "the configuration " + file + " names " + String.join(", ", stores.keySet()),
                    "add the store to that file; see docs/errors/CHY-K052.md"), null);
        }
        return store;
    }

    private Map<String, JcaStore> read() throws KeyException {
        Bytes content;
        try (InputStream in = Files.newInputStream(file)) {
            refuseWritable();
            content = Bytes.readUpTo(in, MAX_LENGTH).orElseThrow(() -> unsound("it is longer than " + MAX_LENGTH + " bytes", null));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException e) {
            throw unsound("it cannot be read: " + e.getMessage(), e);
        }
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(content, MAX_LENGTH), "");
            Map<String, JcaStore> stores = new TreeMap<>();
            for (Map.Entry<String, JsonValue> entry : JsonFields.membersOf(fields.required("stores"), "stores").entrySet()) {
                stores.put(entry.getKey(), store(entry.getKey(), JsonFields.of(entry.getValue(), "stores." + entry.getKey())));
            }
            fields.end();
            return stores;
        } catch (FormatException e) {
            throw unsound(e.problem().why(), e);
        }
    }

    private JcaStore store(String name, JsonFields fields) throws FormatException, KeyException {
        @Nullable String providerClass = fields.text("providerClass").orElse(null);
        @Nullable String providerName = fields.text("providerName").orElse(null);
        List<String> path = new ArrayList<>();
        for (JsonValue jar : fields.array("providerPath")) {
            if (!(jar instanceof JsonValue.JsonString(String text))) {
                throw unsound(fields.at("providerPath") + " is not a list of texts", null);
            }
            path.add(text);
        }
        @Nullable String config = fields.text("providerConfig").orElse(null);
        String type = fields.requiredText("type");
        @Nullable String storeFile = fields.text("file").orElse(null);
        String pin = fields.text("pin").orElse("required");
        Map<SignatureAlgorithm, String> signatures = signatures(fields);
        fields.end();
        if ((providerClass == null) == (providerName == null)) {
            throw unsound(fields.path() + " names not exactly one of providerClass and providerName", null);
        }
        if (!path.isEmpty() && providerClass == null) {
            throw unsound(fields.at("providerPath") + " is for a providerClass", null);
        }
        if (!pin.equals("required") && !pin.equals("none")) {
            throw unsound(fields.at("pin") + " is neither required nor none", null);
        }
        if (name.equals(JcaUri.PKCS12)) {
            throw unsound("the name pkcs12 is taken: PKCS #12 files need no configuration", null);
        }
        return new JcaStore(name, providerClass, providerName, path, config, type, storeFile, pin.equals("required"), signatures);
    }

    private Map<SignatureAlgorithm, String> signatures(JsonFields fields) throws FormatException, KeyException {
        Map<SignatureAlgorithm, String> signatures = new EnumMap<>(SignatureAlgorithm.class);
        Optional<JsonFields> named = fields.optionalObject("signatures");
        if (named.isPresent()) {
            for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
                Optional<String> name = named.get().text(algorithm.cliName());
                if (name.isPresent()) {
                    signatures.put(algorithm, name.get());
                }
            }
            named.get().end();
        }
        return signatures;
    }

    /// Who can change this file can have any class run.
    private void refuseWritable() throws IOException, KeyException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            if (permissions.contains(PosixFilePermission.GROUP_WRITE) || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw unsound("people other than its owner can change it, and it says which code runs", null);
            }
        }
    }

    private KeyException unsound(String why, @Nullable Throwable cause) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.JCA_CONFIGURATION_INVALID,
                "the configuration of key stores, " + file + ", cannot be used", why, "correct the file; its permissions are at most rw-r--r--"), cause);
    }
}
