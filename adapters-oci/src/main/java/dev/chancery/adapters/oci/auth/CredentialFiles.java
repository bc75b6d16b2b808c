package dev.chancery.adapters.oci.auth;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.Base64Text;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The files where docker, podman and oras keep logins (containers-auth.json.5.md; docker's config.json). The first file that knows the
/// registry decides: one that was named alone, else podman's, else docker's.
///
/// In a file, a helper named for the registry outranks the entry, and the entry outranks the helper for all. In podman's files an entry
/// may be for a part of the repositories: the longest that fits decides.
public final class CredentialFiles implements CredentialSource {
    private static final int MAX_LENGTH = 4 * 1024 * 1024;

    private final List<Path> files;
    private final boolean named;
    private final CredentialHelper helper;

    private CredentialFiles(List<Path> files, boolean named, CredentialHelper helper) {
        this.files = List.copyOf(files);
        this.named = named;
        this.helper = helper;
    }

    /// The files of a user.
    ///
    /// @param namedOrNull the only file to look at, which then must exist
    public static CredentialFiles of(@Nullable Path namedOrNull, Function<String, @Nullable String> environment, Path home) {
        CredentialHelper helper = new CredentialHelper(CredentialHelper.DEADLINE);
        if (namedOrNull != null) {
            return new CredentialFiles(List.of(namedOrNull), true, helper);
        }
        String auth = environment.apply("REGISTRY_AUTH_FILE");
        if (auth != null && !auth.isEmpty()) {
            return new CredentialFiles(List.of(Path.of(auth)), true, helper);
        }
        List<Path> files = new ArrayList<>();
        String runtime = environment.apply("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isEmpty()) {
            files.add(Path.of(runtime, "containers", "auth.json"));
        }
        String configuration = environment.apply("XDG_CONFIG_HOME");
        files.add((configuration == null || configuration.isEmpty() ? home.resolve(".config") : Path.of(configuration))
                .resolve("containers").resolve("auth.json"));
        String docker = environment.apply("DOCKER_CONFIG");
        files.add((docker == null || docker.isEmpty() ? home.resolve(".docker") : Path.of(docker)).resolve("config.json"));
        return new CredentialFiles(files, false, helper);
    }

    @Override
    public Optional<Credential> find(String host, String repository) throws RegistryException.Unusable {
        for (Path file : files) {
            Optional<Credential> found = find(file, host, repository);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Credential> find(Path file, String host, String repository) throws RegistryException.Unusable {
        Optional<Bytes> content = read(file);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(content.get(), MAX_LENGTH), "");
            Map<String, JsonValue> entries = members(fields, "auths");
            Map<String, JsonValue> helpers = members(fields, "credHelpers");
            Optional<String> store = fields.text("credsStore").filter(name -> !name.isEmpty());
            for (String key : keys(host, repository)) {
                if (helpers.get(key) instanceof JsonValue.JsonString(String name)) {
                    return helper.get(name, key);
                }
                JsonValue entry = entries.get(key);
                Optional<Credential> credential = entry == null ? Optional.empty() : credential(JsonFields.of(entry, "auths." + key));
                if (credential.isPresent()) {
                    return credential;
                }
            }
            return store.isPresent() ? fromStore(store.get(), host) : Optional.empty();
        } catch (FormatException e) {
            // Neither the place's value nor the text around it: what stands there may be a secret.
            throw unusable(file + " is not a file with credentials for registries", e.problem().code().title(), null);
        }
    }

    private Optional<Credential> fromStore(String store, String host) throws RegistryException.Unusable {
        for (String key : hostKeys(host)) {
            Optional<Credential> found = helper.get(store, key);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Bytes> read(Path file) throws RegistryException.Unusable {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(Bytes.readUpTo(in, MAX_LENGTH).orElseThrow(
                    () -> unusable(file + " is not a file with credentials for registries", "it is longer than " + MAX_LENGTH + " bytes", null)));
        } catch (NoSuchFileException e) {
            if (named) {
                throw unusable(file + " cannot be read", "there is no such file", e);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(file + " cannot be read", String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, JsonValue> members(JsonFields fields, String name) throws FormatException {
        Optional<JsonValue> value = fields.take(name);
        return value.isPresent() ? JsonFields.membersOf(value.get(), name) : Map.of();
    }

    /// The longest first: `host/a/b`, `host/a`, `host`, then docker's old spellings.
    private static Set<String> keys(String host, String repository) {
        Set<String> keys = new LinkedHashSet<>();
        String path = repository;
        while (!path.isEmpty()) {
            keys.add(host + "/" + path);
            path = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        }
        keys.addAll(hostKeys(host));
        return keys;
    }

    private static List<String> hostKeys(String host) {
        List<String> keys = new ArrayList<>(List.of(host, "https://" + host, "https://" + host + "/v1/", "https://" + host + "/v2/"));
        if (host.equals("docker.io") || host.equals("registry-1.docker.io") || host.equals("index.docker.io")) {
            keys.addAll(List.of("docker.io", "index.docker.io", "https://index.docker.io/v1/"));
        }
        return keys;
    }

    /// `auth` is `user:password` in base64; `identitytoken` stands beside it or alone.
    private static Optional<Credential> credential(JsonFields fields) throws FormatException {
        Optional<String> token = fields.text("identitytoken").filter(text -> !text.isEmpty());
        if (token.isPresent()) {
            return Optional.of(new Credential.IdentityToken(token.get()));
        }
        Optional<String> auth = fields.text("auth").filter(text -> !text.isEmpty());
        if (auth.isEmpty()) {
            Optional<String> user = fields.text("username").filter(text -> !text.isEmpty());
            Optional<String> password = fields.text("password");
            return user.isPresent() && password.isPresent() ? Optional.of(new Credential.Password(user.get(), password.get())) : Optional.empty();
        }
        String place = fields.at("auth");
        String pair = Base64Text.anyAlphabet(auth.get(), place).utf8()
                .orElseThrow(() -> FormatException.fieldInvalid(place, "user:password in base64", "no text"));
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw FormatException.fieldInvalid(place, "user:password in base64", "no colon after a user name");
        }
        return Optional.of(new Credential.Password(pair.substring(0, colon), pair.substring(colon + 1).replaceAll("\u0000+$", "")));
    }

    static RegistryException.Unusable unusable(String what, String why, @Nullable Throwable cause) {
        return new RegistryException.Unusable(new Problem(ErrorCode.REGISTRY_CREDENTIALS, what, why,
                "log in again with docker, podman or oras, or name another file with --registry-config FILE"), cause);
    }
}
