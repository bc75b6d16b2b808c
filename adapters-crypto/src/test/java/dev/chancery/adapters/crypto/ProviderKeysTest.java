package dev.chancery.adapters.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.testkit.crypto.SignatureVectors;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProviderKeysTest {
    private final List<PublicKey> keys = SignatureVectors.all().stream().filter(vector -> vector.valid())
            .map(vector -> vector.key()).distinct().limit(4).toList();

    @Test
    void aKeyIsConvertedOnceAndTheLeastRecentlyUsedIsForgotten() throws Exception {
        List<PublicKey> converted = new ArrayList<>();
        ProviderKeys cache = new ProviderKeys(3, key -> {
            converted.add(key);
            return JcaKeys.of(key);
        });
        java.security.PublicKey first = cache.of(keys.get(0));
        cache.of(keys.get(1));
        cache.of(keys.get(2));
        assertSame(first, cache.of(keys.get(0)));
        cache.of(keys.get(3));
        assertEquals(3, cache.size());
        assertSame(first, cache.of(keys.get(0)), "used again, so kept");
        cache.of(keys.get(1));
        assertEquals(List.of(keys.get(0), keys.get(1), keys.get(2), keys.get(3), keys.get(1)), converted);
    }

    @Test
    void aKeyThatIsRefusedIsNotRemembered() {
        ProviderKeys cache = new ProviderKeys(3, _ -> {
            throw new InvalidKeyException("no");
        });
        assertThrows(InvalidKeyException.class, () -> cache.of(keys.getFirst()));
        assertEquals(0, cache.size());
    }
}
