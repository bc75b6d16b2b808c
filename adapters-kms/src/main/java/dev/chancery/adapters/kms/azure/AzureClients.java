package dev.chancery.adapters.kms.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One client for each vault and for each key version, over one HTTP client. The library's own repeating is off, since the budget
/// does that, and so is its caching of keys: it would verify and hash by itself, and read the key again for it.
final class AzureClients {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Supplier<HttpClient> httpClients;
    private final Supplier<TokenCredential> credentials;
    private final boolean strict;
    private final ConcurrentMap<String, KeyClient> vaults = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CryptographyClient> versions = new ConcurrentHashMap<>();
    private @Nullable HttpClient httpClient;
    private @Nullable TokenCredential credential;

    /// @param strict whether the host that asks for a token must be of the domain that the token is for; only a test says no
    AzureClients(Supplier<HttpClient> httpClients, Supplier<TokenCredential> credentials, boolean strict) {
        this.httpClients = httpClients;
        this.credentials = credentials;
        this.strict = strict;
    }

    static AzureClients real() {
        return new AzureClients(
                () -> new JdkHttpClientBuilder().connectionTimeout(CONNECT).responseTimeout(LONGEST).readTimeout(LONGEST).build(),
                () -> new DefaultAzureCredentialBuilder().build(), true);
    }

    KeyClient vault(String host) {
        return vaults.computeIfAbsent(host, name -> {
            KeyClientBuilder builder = new KeyClientBuilder().vaultUrl("https://" + name).httpClient(httpClient()).credential(credential())
                    .retryOptions(once());
            return strict ? builder.buildClient() : builder.disableChallengeResourceVerification().buildClient();
        });
    }

    CryptographyClient version(String keyIdentifier) {
        return versions.computeIfAbsent(keyIdentifier, id -> {
            CryptographyClientBuilder builder = new CryptographyClientBuilder().keyIdentifier(id).httpClient(httpClient()).credential(credential())
                    .retryOptions(once()).disableKeyCaching();
            return strict ? builder.buildClient() : builder.disableChallengeResourceVerification().buildClient();
        });
    }

    private static RetryOptions once() {
        return new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)));
    }

    private synchronized HttpClient httpClient() {
        if (httpClient == null) {
            httpClient = httpClients.get();
        }
        return httpClient;
    }

    private synchronized TokenCredential credential() {
        if (credential == null) {
            credential = credentials.get();
        }
        return credential;
    }
}
