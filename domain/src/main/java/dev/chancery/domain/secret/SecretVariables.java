package dev.chancery.domain.secret;

import java.util.List;
import java.util.Map;

/// The environment variables that hold secrets, and are none of the business of programs that this one starts: every process inherits its
/// parent's environment, and may write it down.
public final class SecretVariables {
    /// PINs and passphrases, by this program's names and cosign's.
    public static final List<String> PINS = List.of("CHANCERY_PIN", "CHANCERY_PASSPHRASE", "COSIGN_PKCS11_PIN", "COSIGN_PASSWORD");

    /// Tokens that say who runs the program, or that get such tokens from CI systems.
    private static final List<String> IDENTITIES = List.of("SIGSTORE_ID_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "BUILDKITE_AGENT_ACCESS_TOKEN",
            "CIRCLE_OIDC_TOKEN", "CIRCLE_OIDC_TOKEN_V2", "CI_JOB_TOKEN", "CI_JOB_JWT", "CI_JOB_JWT_V2");

    /// What key services and registries know their users by.
    private static final List<String> SERVICES = List.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AZURE_CLIENT_SECRET",
            "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD", "VAULT_TOKEN", "BAO_TOKEN", "GITHUB_TOKEN", "GH_TOKEN", "DOCKER_AUTH_CONFIG");

    private SecretVariables() {}

    /// For a program that may have business with cloud services, as credential helpers and PKCS#11 modules have: takes PINs, passphrases and
    /// identity tokens out.
    ///
    /// @param environment of the program, as `ProcessBuilder.environment()` gives it
    public static void withholdOwn(Map<String, String> environment) {
        environment.keySet().removeAll(PINS);
        environment.keySet().removeAll(IDENTITIES);
    }

    /// For a program that needs no secret, as a browser and a pinentry: takes out all that is known to be one, and under whatever name private
    /// keys (PEM) and signed tokens (RFC 7519), which `env://NAME` may name.
    ///
    /// @param environment of the program, as `ProcessBuilder.environment()` gives it
    public static void withholdAll(Map<String, String> environment) {
        withholdOwn(environment);
        environment.keySet().removeAll(SERVICES);
        environment.values().removeIf(value -> value.contains("PRIVATE KEY-----") || isToken(value.strip()));
    }

    /// Three parts, of which the first begins with `{"` in base64.
    private static boolean isToken(String value) {
        return value.startsWith("eyJ") && value.chars().filter(character -> character == '.').count() == 2;
    }
}
