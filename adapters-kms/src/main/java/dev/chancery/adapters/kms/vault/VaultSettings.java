package dev.chancery.adapters.kms.vault;

import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.ServiceFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where the server is and how to log in, as the server's own tools and cosign name it. Each `VAULT_…` variable has a twin `BAO_…`,
/// which is looked at second.
///
/// | variable | meaning |
/// |---|---|
/// | `VAULT_ADDR` | the server's address |
/// | `VAULT_NAMESPACE` | the namespace |
/// | `VAULT_CACERT` | a PEM file of the authorities to trust instead of Java's |
/// | `TRANSIT_SECRET_ENGINE_PATH` | where the engine is mounted; `transit` |
/// | `VAULT_TOKEN` | a token; without it, the login below; without that, `~/.vault-token` |
/// | `CHANCERY_VAULT_LOGIN` | `approle`, `kubernetes` or `jwt` |
/// | `CHANCERY_VAULT_LOGIN_PATH` | where that method is mounted; its own name |
/// | `CHANCERY_VAULT_ROLE` | the role (its id for `approle`) |
/// | `CHANCERY_VAULT_SECRET_FILE` | the file with the secret id or identity token; for `kubernetes` the pod's service account token |
final class VaultSettings {
    private static final Path SERVICE_ACCOUNT_TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
    /// Longer than any token.
    private static final long MAX_SECRET = 64 * 1024;

    private final Function<String, @Nullable String> environment;
    private final Path home;

    /// @param home the user's home folder
    VaultSettings(Function<String, @Nullable String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    String address() throws ServiceFailure {
        String text = vaultOrBao("ADDR").orElseThrow(() -> ServiceFailure.of(Fault.SETTING, "neither VAULT_ADDR nor BAO_ADDR is set", null)
                .withRemedy("set VAULT_ADDR to the server's address, such as https://vault.example.com:8200"));
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw ServiceFailure.of(Fault.SETTING, "VAULT_ADDR is no address", e);
        }
        if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw ServiceFailure.of(Fault.SETTING, "VAULT_ADDR is no http or https address of a host", null);
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    Optional<String> namespace() {
        return vaultOrBao("NAMESPACE");
    }

    Optional<Path> authorities() {
        return vaultOrBao("CACERT").map(Path::of);
    }

    String mount() throws ServiceFailure {
        String path = variable("TRANSIT_SECRET_ENGINE_PATH").orElse("transit");
        if (!path.matches("[A-Za-z0-9_-][A-Za-z0-9_./-]*") || path.contains("..")) {
            throw ServiceFailure.of(Fault.SETTING, "TRANSIT_SECRET_ENGINE_PATH is no path of an engine", null);
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    Login login() throws ServiceFailure {
        Optional<String> token = vaultOrBao("TOKEN");
        if (token.isPresent()) {
            return new Login.Token(token.get());
        }
        Optional<String> method = variable("CHANCERY_VAULT_LOGIN");
        if (method.isPresent()) {
            return login(method.get());
        }
        Path file = home.resolve(".vault-token");
        if (Files.isReadable(file)) {
            return new Login.Token(secret(file));
        }
        throw ServiceFailure.of(Fault.CREDENTIALS_MISSING,
                "VAULT_TOKEN, BAO_TOKEN and CHANCERY_VAULT_LOGIN are not set, and there is no ~/.vault-token", null)
                .withRemedy("run vault login, or set one of them; docs/kms.md tells how");
    }

    private Login login(String method) throws ServiceFailure {
        String path = variable("CHANCERY_VAULT_LOGIN_PATH").orElse(method);
        String role = variable("CHANCERY_VAULT_ROLE").orElseThrow(() -> ServiceFailure.of(Fault.CREDENTIALS_MISSING,
                "CHANCERY_VAULT_LOGIN is " + method + ", and CHANCERY_VAULT_ROLE is not set", null));
        Optional<Path> file = variable("CHANCERY_VAULT_SECRET_FILE").map(Path::of);
        return switch (method) {
            case "approle" -> new Login.AppRole(path, role, secret(file.orElseThrow(() -> noSecret(method))));
            case "kubernetes" -> new Login.Kubernetes(path, role, secret(file.orElse(SERVICE_ACCOUNT_TOKEN)));
            case "jwt" -> new Login.Jwt(path, role, secret(file.orElseThrow(() -> noSecret(method))));
            default -> throw ServiceFailure.of(Fault.SETTING, "CHANCERY_VAULT_LOGIN is " + method + ", not approle, kubernetes or jwt", null);
        };
    }

    private static ServiceFailure noSecret(String method) {
        return ServiceFailure.of(Fault.CREDENTIALS_MISSING, "CHANCERY_VAULT_LOGIN is " + method + ", and CHANCERY_VAULT_SECRET_FILE is not set", null);
    }

    private static String secret(Path file) throws ServiceFailure {
        try {
            if (Files.size(file) > MAX_SECRET) {
                throw ServiceFailure.of(Fault.SETTING, file + " is too long for a secret", null);
            }
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw ServiceFailure.of(Fault.CREDENTIALS_MISSING, file + " is empty", null);
            }
            return text;
        } catch (IOException e) {
            throw ServiceFailure.of(Fault.SETTING, file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    private Optional<String> vaultOrBao(String name) {
        return variable("VAULT_" + name).or(() -> variable("BAO_" + name));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isEmpty());
    }

    /// How to get a token. Not records: a secret has no place in a toString.
    sealed interface Login {
        /// A token that is there already.
        final class Token implements Login {
            private final String token;

            Token(String token) {
                this.token = token;
            }

            String token() {
                return token;
            }
        }

        /// A role id and a secret id.
        final class AppRole extends WithSecret implements Login {
            AppRole(String path, String role, String secret) {
                super(path, role, secret);
            }
        }

        /// A role and the pod's service account token.
        final class Kubernetes extends WithSecret implements Login {
            Kubernetes(String path, String role, String secret) {
                super(path, role, secret);
            }
        }

        /// A role and an identity token (OIDC or any JWT the server is set up for).
        final class Jwt extends WithSecret implements Login {
            Jwt(String path, String role, String secret) {
                super(path, role, secret);
            }
        }
    }

    /// The three parts of a login.
    abstract static class WithSecret {
        private final String path;
        private final String role;
        private final String secret;

        WithSecret(String path, String role, String secret) {
            this.path = path;
            this.role = role;
            this.secret = secret;
        }

        String path() {
            return path;
        }

        String role() {
            return role;
        }

        String secret() {
            return secret;
        }
    }
}
