package dev.chancery.adapters.kms.vault;

import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.ServiceFailure;
import io.github.jopenlibs.vault.json.Json;
import io.github.jopenlibs.vault.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the server's status and words mean (Vault API documentation, *HTTP status codes*). The one place where its errors are translated.
final class VaultErrors {
    private VaultErrors() {}

    /// @param path what was asked for
    /// @param capability what a policy must allow there: `read`, `update`, `list`, `create`
    static ServiceFailure of(int status, String body, String path, String capability) {
        String words = words(body);
        String lower = words.toLowerCase(Locale.ROOT);
        return switch (status) {
            case 403 -> ServiceFailure.of(Fault.PERMISSION_DENIED, "the token's policies do not allow " + capability + " on " + path, null)
                    .withRemedy("have the policy extended: path \"" + path + "\" { capabilities = [\"" + capability + "\"] }");
            case 404 -> lower.contains("no handler for route")
                    ? ServiceFailure.of(Fault.SETTING, "no engine is mounted at " + path, null)
                            .withRemedy("set TRANSIT_SECRET_ENGINE_PATH to where the transit engine is, or enable it there")
                    : ServiceFailure.of(Fault.NOT_FOUND, "the server has nothing at " + path, null);
            case 400 -> badRequest(words, lower);
            case 429 -> ServiceFailure.of(Fault.THROTTLED, "the server answers that there are too many requests (429): " + words, null);
            case 503 -> ServiceFailure.of(Fault.FAILED, "the server is sealed or not ready (503): " + words, null);
            default -> ServiceFailure.of(Fault.FAILED, "the server answered " + status + ": " + words, null);
        };
    }

    private static ServiceFailure badRequest(String words, String lower) {
        if (lower.contains("key not found") || lower.contains("no existing key")) {
            return ServiceFailure.of(Fault.NOT_FOUND, words, null);
        }
        if (lower.contains("soft deleted") || lower.contains("soft-deleted")) {
            return ServiceFailure.of(Fault.BEING_DELETED, words, null);
        }
        if (lower.contains("minimum encryption key version") || lower.contains("too old") || lower.contains("higher than the latest")) {
            return ServiceFailure.of(Fault.DISABLED, words, null);
        }
        if (lower.contains("does not support signing")) {
            return ServiceFailure.of(Fault.USAGE_WRONG, words, null);
        }
        return ServiceFailure.of(Fault.FAILED, "the server refused the request (400): " + words, null);
    }

    /// The `errors` of an answer; the status says enough where there are none.
    private static String words(String body) {
        List<String> errors = new ArrayList<>();
        try {
            JsonValue list = Json.parse(body).asObject().get("errors");
            if (list != null && list.isArray()) {
                list.asArray().forEach(error -> errors.add(error.isString() ? error.asString() : error.toString()));
            }
        } catch (RuntimeException e) {
            // Not the server's own form: a proxy answered. Its page helps nobody.
            return "the answer is not the server's own";
        }
        return ServiceFailure.words(String.join("; ", errors).replaceAll("\\s+", " ").strip());
    }
}
