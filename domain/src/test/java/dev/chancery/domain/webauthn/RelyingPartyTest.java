package dev.chancery.domain.webauthn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelyingPartyTest {
    /// WebAuthn L3 §5.1.4.1: the id is the origin's domain, or a suffix of it.
    @ParameterizedTest
    @CsvSource({"https://sign.example.com, sign.example.com, true", "https://sign.example.com, example.com, true", "https://sign.example.com:8443, example.com, true",
        "http://sign.example.com, example.com, false", "https://example.com.evil.test, example.com, false", "https://evilexample.com, example.com, false",
        "https://example.com/, example.com, false", "https://user@example.com, example.com, false", "https://example.com:0, example.com, false",
        "https://example.com:, example.com, false", "http://localhost, localhost, true", "http://localhost:8080, localhost, true", "http://localhost.evil.test, localhost, false",
        "https://EXAMPLE.com, example.com, false"})
    void anOriginBelongsToTheDomainOrOneBelowIt(String origin, String id, boolean belongs) {
        assertEquals(belongs, RelyingParty.belongs(origin, id));
    }

    @Test
    void anIdIsADomainInLowerCase() {
        assertThrows(IllegalArgumentException.class, () -> new RelyingParty("Example.com", List.of("https://Example.com"), true, false));
        assertThrows(IllegalArgumentException.class, () -> new RelyingParty("example.com", List.of(), true, false));
        assertThrows(IllegalArgumentException.class, () -> new RelyingParty("", List.of("https://example.com"), true, false));
        assertThrows(IllegalArgumentException.class, () -> new RelyingParty("a..b", List.of("https://a..b"), true, false));
    }
}
