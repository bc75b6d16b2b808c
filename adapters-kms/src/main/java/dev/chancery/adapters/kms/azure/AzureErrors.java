package dev.chancery.adapters.kms.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.identity.CredentialUnavailableException;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.NetworkFailures;
import dev.chancery.adapters.kms.service.ServiceFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the answers mean (Azure Key Vault documentation, *REST API error codes*). The one place where they are translated.
final class AzureErrors {
    private AzureErrors() {}

    /// @param permission what an identity needs, by the name of the role action's last parts: `keys/sign/action`
    /// @param key which key it was about, to be shown
    static ServiceFailure of(RuntimeException thrown, String permission, String key, String host) {
        return switch (thrown) {
            case CredentialUnavailableException e -> ServiceFailure.of(Fault.CREDENTIALS_MISSING,
                    "the environment, the workload identity, the managed identity and the developer tools gave no Azure credentials", e)
                    .withRemedy("run az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and a secret or certificate");
            case ClientAuthenticationException e -> ServiceFailure.of(Fault.CREDENTIALS_REFUSED,
                    "Azure does not take the credentials: " + firstLine(e), e);
            case HttpResponseException e when e.getResponse() != null -> answered(e, permission, key);
            default -> NetworkFailures.of(thrown, host).orElseGet(() -> ServiceFailure.of(Fault.FAILED, "the request to " + host
                    + " failed: " + firstLine(thrown), thrown));
        };
    }

    private static ServiceFailure answered(HttpResponseException e, String permission, String key) {
        String words = firstLine(e);
        int status = e.getResponse().getStatusCode();
        return switch (status) {
            case 401 -> ServiceFailure.of(Fault.CREDENTIALS_REFUSED, words, e);
            case 403 -> forbidden(words, permission, key, e);
            case 404 -> ServiceFailure.of(Fault.NOT_FOUND, "the vault has no " + key, e);
            case 409 -> words.contains("Deleted")
                    ? ServiceFailure.of(Fault.BEING_DELETED, words, e).withRemedy("recover the key, purge it, or choose another name")
                    : ServiceFailure.of(Fault.FAILED, words, e);
            case 429 -> throttled(words, e.getResponse().getHeaderValue(HttpHeaderName.RETRY_AFTER), e);
            default -> ServiceFailure.of(Fault.FAILED, words, e);
        };
    }

    /// 403 covers what an identity may not and what a key can't do; `innererror.code` tells them apart.
    private static ServiceFailure forbidden(String words, String permission, String key, HttpResponseException e) {
        if (words.contains("KeyDisabled") || words.contains("disabled key") || words.contains("KeyNotYetValid") || words.contains("KeyExpired")
                || words.contains("expired key") || words.contains("not yet valid")) {
            return ServiceFailure.of(Fault.DISABLED, words, e);
        }
        if (words.contains("KeyOperationForbidden")) {
            return ServiceFailure.of(Fault.USAGE_WRONG, words, e);
        }
        return ServiceFailure.of(Fault.PERMISSION_DENIED, "the identity lacks " + permission + " on " + key + ": " + words, e)
                .withRemedy("grant a role with Microsoft.KeyVault/vaults/" + permission + ", such as Key Vault Crypto User, on this key");
    }

    private static ServiceFailure throttled(String words, @Nullable String retryAfter, HttpResponseException e) {
        ServiceFailure failure = ServiceFailure.of(Fault.THROTTLED, words, e);
        return retryAfter != null && retryAfter.matches("[0-9]{1,4}") ? failure.retryAfter(Duration.ofSeconds(Integer.parseInt(retryAfter))) : failure;
    }

    /// The library's messages go on for pages: advice, then stack traces of each credential.
    private static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        return ServiceFailure.words(message == null ? null : message.lines().findFirst().orElse(null));
    }
}
