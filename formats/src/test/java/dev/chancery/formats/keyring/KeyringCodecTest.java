package dev.chancery.formats.keyring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.keyring.KeyState;
import dev.chancery.domain.keyring.Keyring;
import dev.chancery.domain.keyring.KeyringEntry;
import dev.chancery.domain.signing.SigningPurpose;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyringCodecTest {
    private static final String ID = "5a1c2b3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9";
    private static final String OTHER = "6a1c2b3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9";
    private static final String PEM = "-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----\\n";
    private static final String SOUND = """
            {"mediaType": "application/vnd.chancery.keyring.v1+json",
             "entries": [{"keyId": "ID", "key": "PEM", "purposes": ["artifact", "statement"], "state": "deactivated", "role": "release", "tenant": "acme",
                          "window": {"start": "2026-01-01T00:00:00Z", "end": "2026-06-01T00:00:00Z"}, "successor": "OTHER"}],
             "revocations": [{"keyId": "ID", "window": {"start": "2026-05-01T00:00:00Z", "end": "2026-05-02T00:00:00Z"}}]}
            """.replace("\"ID\"", "\"" + ID + "\"").replace("PEM", PEM).replace("OTHER", OTHER);

    private static Instant at(String day) {
        return Instant.parse("2026-" + day + "T00:00:00Z");
    }

    @Test
    void allOfItIsRead() throws FormatException {
        KeyringEntry entry = KeyringCodec.read(Bytes.ofUtf8(SOUND)).entry(KeyId.fromHex(ID)).orElseThrow();
        assertEquals(new KeyringEntry(KeyId.fromHex(ID), PEM.replace("\\n", "\n"), Set.of(SigningPurpose.ARTIFACT, SigningPurpose.STATEMENT), KeyState.DEACTIVATED,
                new ValidityWindow(at("01-01"), at("06-01")), "release", "acme", KeyId.fromHex(OTHER), List.of(new ValidityWindow(at("05-01"), at("05-02")))), entry);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "MEDIA_TYPE_UNSUPPORTED|keyring.v1|keyring.v2", "FIELD_UNKNOWN|\"revocations\"|\"identities\": [], \"revocations\"", "FIELD_UNKNOWN|\"role\"|\"rolle\"",
        "FIELD_INVALID|deactivated|retired", "FIELD_INVALID|\"statement\"|\"anything\"", "FIELD_MISSING|\"artifact\", \"statement\"|", "FIELD_MISSING|, \"end\": \"2026-06-01T00:00:00Z\"|",
        "FIELD_INVALID|2026-06-01|2025-06-01", "FIELD_INVALID|2026-06-01T00:00:00Z|2026-06-01T02:00:00+02:00", "FIELD_INVALID|PUBLIC KEY|PRIVATE KEY",
        "FIELD_INVALID|{\"keyId\": \"5a1c2b3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9\", \"window\"|{\"keyId\": \"6a1c2b3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9\", \"window\""})
    void eachDefectIsRefusedWithItsCode(ErrorCode code, String part, String replacement) throws FormatException {
        String edited = SOUND.replace(part, replacement == null ? "" : replacement);
        assertNotEquals(SOUND, edited, part);
        Refusal.expect(code, () -> KeyringCodec.read(Bytes.ofUtf8(edited)));
    }

    @Test
    void moreThanItsSizeIsRefused() throws FormatException {
        Refusal.expect(ErrorCode.TOO_LARGE, () -> KeyringCodec.read(Bytes.ofUtf8(" ".repeat(Keyring.MAX_LENGTH) + SOUND)));
    }
}
