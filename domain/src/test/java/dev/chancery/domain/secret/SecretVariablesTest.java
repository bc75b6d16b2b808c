package dev.chancery.domain.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SecretVariablesTest {
    private static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", "/bin", "HOME", "/home/a", "CHANCERY_PIN", "1", "CHANCERY_PASSPHRASE", "2",
                "COSIGN_PASSWORD", "3", "COSIGN_PKCS11_PIN", "4", "SIGSTORE_ID_TOKEN", "5", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "6", "VAULT_TOKEN", "7",
                "AWS_SECRET_ACCESS_KEY", "8"));
        environment.put("MY_TOKEN", "eyJhbGciOiJub25lIn0.e30.\n");
        environment.put("MY_KEY", "-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----");
        environment.put("JSON", "eyJhIjoxfQ==");
        return environment;
    }

    @Test
    void aProgramThatNeedsNoSecretGetsNone() {
        Map<String, String> environment = environment();
        SecretVariables.withholdAll(environment);
        assertEquals(Set.of("PATH", "HOME", "JSON"), environment.keySet());
    }

    @Test
    void aProgramForCloudServicesGetsNoPinAndNoIdentityToken() {
        Map<String, String> environment = environment();
        SecretVariables.withholdOwn(environment);
        assertEquals(Set.of("PATH", "HOME", "JSON", "VAULT_TOKEN", "AWS_SECRET_ACCESS_KEY", "MY_TOKEN", "MY_KEY"), environment.keySet());
    }
}
