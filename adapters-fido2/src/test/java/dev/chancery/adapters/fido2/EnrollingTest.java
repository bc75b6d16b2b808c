package dev.chancery.adapters.fido2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborReader;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Credentials are made and kept. The authenticator data is put together by hand after WebAuthn L3 §6.5.2; the public key is the base point of P-256.
class EnrollingTest {
    private static final KeyAccess NO_PIN = new KeyAccess(prompt -> Optional.empty(), Duration.ofSeconds(5), false);
    /// sha256sum of sign.example.com
    private static final String RP_ID_HASH = "f788110383d23632c65c3df4d6df89b71dc74d13905a93a0a11c72c69ea925b0";
    private static final String AAGUID = "000102030405060708090a0b0c0d0e0f";
    private static final String X = "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
    private static final String Y = "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
    private static final String COSE = "a50102032620012158" + "20" + X + "225820" + Y;

    @TempDir
    Path folder = Path.of("unset");

    private static ScriptedKey returning(String authenticatorData) {
        return new ScriptedKey(false).answering(Cbor.map().put(1, new Cbor.Text("packed")).put(2, new Cbor.ByteString(Bytes.fromHex(authenticatorData)))
                .put(3, Cbor.map().put("alg", new Cbor.Int(-7)).put("sig", new Cbor.ByteString(Bytes.fromHex("cc")))
                        .put("x5c", new Cbor.Array(List.of(new Cbor.ByteString(Bytes.fromHex("dd"))))).build()).build());
    }

    private static String data(String rpIdHash, String flags, String aaguid, String id, String cose) {
        return rpIdHash + flags + "00000001" + aaguid + String.format("%04x", id.length() / 2) + id + cose;
    }

    private static KeyCustodian custodian(ScriptedKey... keys) {
        return new Fido2Backend(ScriptedKey.places(keys), new SpkiPublicKeyDecoder(), (place, limit) -> { }, new SecureRandom()).custodian();
    }

    private KeyRef ref(String more) throws Exception {
        return KeyRef.parse("fido2:sign.example.com?verification=none&name=cem&file=" + folder.resolve("cem.json") + more);
    }

    private static KeyDescription generate(KeyRef ref, ScriptedKey key) throws KeyException {
        return custodian(key).generate(ref, new KeyGeneration(KeySpec.P_256, FileFormat.SIGSTORE), NO_PIN);
    }

    @Test
    void aCredentialIsKeptWithItsAttestationAndDescribedWithoutTheSecurityKey() throws Exception {
        ScriptedKey key = returning(data(RP_ID_HASH, "41", AAGUID, "010203", COSE));
        KeyDescription made = generate(ref("&resident=yes"), key);
        assertEquals("3059301306072a8648ce3d020106082a8648ce3d03010703420004" + X + Y, made.expectedKey().orElseThrow().key().subjectPublicKeyInfo().toHex());
        KeyRef kept = KeyRef.parse("fido2:?file=" + folder.resolve("cem.json"));
        assertEquals(made, custodian().describe(kept, NO_PIN));
        assertEquals("00010203-0405-0607-0809-0a0b0c0d0e0f",
                made.facts().stream().filter(fact -> fact.name().equals("aaguid")).findFirst().orElseThrow().value());
        KeyEvidence evidence = custodian().evidence(kept, NO_PIN);
        assertEquals(List.of(Bytes.fromHex("dd")), evidence.certificates());
        assertEquals("webauthn packed", evidence.attestations().getFirst().format());
        assertFalse(evidence.claimsNeverToHaveLeft(), "its word is not enough");
        Cbor.Map object = CborReader.readMap(evidence.attestations().getFirst().document());
        assertEquals(data(RP_ID_HASH, "41", AAGUID, "010203", COSE), object.bytes("authData").toHex());
        Cbor.Map asked = CborReader.readMap(key.commands.getLast().slice(1, key.commands.getLast().size()));
        assertEquals("sign.example.com", asked.map(2).text("id"));
        assertEquals("cem", asked.map(3).text("name"));
        assertEquals(Optional.of(new Cbor.Bool(true)), asked.map(7).get("rk"));
    }

    @ParameterizedTest
    @CsvSource({"another relying party, 0088110383d23632c65c3df4d6df89b71dc74d13905a93a0a11c72c69ea925b0, 41", "nobody touched it, f788110383d23632c65c3df4d6df89b71dc74d13905a93a0a11c72c69ea925b0, 40", "no credential, f788110383d23632c65c3df4d6df89b71dc74d13905a93a0a11c72c69ea925b0, 01"})
    void whatASecurityKeyMustNotReturnIsRefusedAndNothingIsKept(String what, String rpIdHash, String flags) throws Exception {
        ScriptedKey key = returning(data(rpIdHash, flags, AAGUID, "010203", COSE));
        KeyRef ref = ref("");
        assertEquals(ErrorCode.TOKEN_FAILED, assertThrows(KeyException.class, () -> generate(ref, key), what).problem().code());
        assertFalse(Files.exists(folder.resolve("cem.json")));
        assertTrue(key.closed());
    }

    @ParameterizedTest
    @CsvSource({"a50102032620012158@, a point that is not on the curve", "a4010103272006215820@, Ed25519 where P-256 was asked for", "a0, no key"})
    void aKeyThatIsNotWhatWasAskedForIsRefused(String cose, String what) throws Exception {
        String key = cose.replace("a50102032620012158@", "a50102032620012158" + "20" + X + "225820" + X).replace("@", X);
        KeyRef ref = ref("");
        assertEquals(ErrorCode.TOKEN_FAILED,
                assertThrows(KeyException.class, () -> generate(ref, returning(data(RP_ID_HASH, "41", AAGUID, "010203", key))), what).problem().code());
    }

    @Test
    void whatIsConnectedIsListedWithoutAskingForAnything() throws Exception {
        List<KeyDescription> listed = custodian(new ScriptedKey(false), new ScriptedKey(true)).list(KeyRef.parse("fido2:"), NO_PIN);
        assertEquals(List.of("test:0", "test:1"), listed.stream().map(KeyDescription::label).toList());
        assertEquals(List.of("test:1"), custodian(new ScriptedKey(false), new ScriptedKey(false)).list(KeyRef.parse("fido2:?device=test:1"), NO_PIN).stream()
                .map(KeyDescription::label).toList());
    }

    @Test
    void aFileForAnotherRelyingPartyIsRefused() throws Exception {
        generate(ref(""), returning(data(RP_ID_HASH, "41", AAGUID, "010203", COSE)));
        Path file = folder.resolve("cem.json");
        Files.writeString(file, Files.readString(file).replace("\"sign.example.com\"", "\"other.example.com\""));
        KeyRef ref = KeyRef.parse("fido2:?file=" + file);
        assertEquals(ErrorCode.KEY_FILE_INVALID, assertThrows(KeyException.class, () -> custodian().describe(ref, NO_PIN)).problem().code());
        KeyRef missing = KeyRef.parse("fido2:?file=" + folder.resolve("none"));
        assertEquals(ErrorCode.KEY_FILE_INVALID, assertThrows(KeyException.class, () -> custodian().describe(missing, NO_PIN)).problem().code());
    }
}
