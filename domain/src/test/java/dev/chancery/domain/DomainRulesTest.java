package dev.chancery.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.EcdsaSignature;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRefused;
import dev.chancery.domain.text.SafeText;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainRulesTest {
    /// DSSE v1.0.2 protocol.md, *Test Vectors*.
    @Test
    void preAuthEncodingIsTheProtocolsOwnVector() {
        DssePayload payload = new DssePayload("http://example.com/HelloWorld", Bytes.ofUtf8("hello world"));
        assertEquals("DSSEv1 29 http://example.com/HelloWorld 11 hello world", payload.preAuthEncoding().bytes().utf8().orElseThrow());
    }

    @Test
    void preAuthEncodingCountsBytesNotCharacters() {
        DssePayload payload = new DssePayload("é", Bytes.ofUtf8("日本"));
        assertEquals(Bytes.ofUtf8("DSSEv1 2 é 6 日本"), payload.preAuthEncoding().bytes());
        assertEquals(HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("DSSEv1 2 é 6 日本")),
                payload.preAuthEncoding().digest(HashAlgorithm.SHA_256));
    }

    /// FIPS 180-4 example: SHA-256 of "abc".
    @Test
    void artifactDigestIsTheStandardsExample() throws Exception {
        ArtifactContent content = ArtifactContent.digest(Bytes.ofUtf8("abc").inputStream(), Set.of());
        assertEquals("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", content.sha256().toString());
        assertEquals(3, content.length());
    }

    @Test
    void contentThatBeginsLikeADsseEncodingIsNotSignedAsAFileEvenWhenTheMarkerArrivesInPieces() throws Exception {
        InputStream pieces = new SequenceInputStream(Bytes.ofUtf8("DSS").inputStream(), Bytes.ofUtf8("Ev1 29 x").inputStream());
        ArtifactContent content = ArtifactContent.digest(pieces, Set.of());
        SigningRefused refused = assertThrows(SigningRefused.class, () -> content.requestFor(SignatureAlgorithm.ECDSA_P256_SHA_256));
        assertEquals(ErrorCode.CONTENT_IS_DSSE, refused.problem().code());
        assertFalse(ArtifactContent.digest(Bytes.ofUtf8("DSSEv1").inputStream(), Set.of()).isDsseEncoding());
    }

    /// RFC 7512 §3, with the module named as well.
    @Test
    void pkcs11UriOfTheStandardIsRead() throws Exception {
        KeyRef ref = KeyRef.parse("pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;"
                + "model=1.0;object=my-certificate;type=cert;id=%69%95%3E%5C%F4%BD%EC%91;serial=?pin-source=file:/etc/token_pin");
        Pkcs11KeyRef key = (Pkcs11KeyRef) ref;
        assertEquals("The Software PKCS#11 Softtoken", key.token().orElseThrow());
        assertEquals("Snake Oil, Inc.", key.manufacturer().orElseThrow());
        assertEquals(Bytes.fromHex("69953e5cf4bdec91"), key.id().orElseThrow());
        assertEquals("/etc/token_pin", key.pinSource().orElseThrow().path());
    }

    @Test
    void aPinOrACommandInTheUriIsRefusedWithoutRepeatingIt() {
        KeyRefException pin = assertThrows(KeyRefException.class, () -> KeyRef.parse("pkcs11:token=a?pin-value=98765432"));
        assertEquals(ErrorCode.PIN_IN_URI, pin.problem().code());
        assertFalse(String.valueOf(pin.getMessage()).contains("98765432"));
        KeyRefException command = assertThrows(KeyRefException.class, () -> KeyRef.parse("pkcs11:token=a?pin-source=%7Ccat%20secret"));
        assertEquals(ErrorCode.PIN_FROM_COMMAND, command.problem().code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkcs11:token", "pkcs11:token=a;token=b", "pkcs11:token=%zz", "pkcs11:token=%4", "pkcs11:tokn=a",
            "pkcs11:slot-id=x", "pkcs11:type=data", "pkcs11:token=a%00b", "pkcs11:token=%ff", "pkcs11:a?pin-source=", "pkcs11:token=a?pin-source="})
    void aMalformedPkcs11UriIsRefused(String uri) {
        KeyRefException refused = assertThrows(KeyRefException.class, () -> KeyRef.parse(uri));
        assertEquals(ErrorCode.KEY_URI_MALFORMED, refused.problem().code());
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void ecPublicKeysEncodeAsTheJdkEncodesThem(Curve curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve.secName()));
        Bytes spki = Bytes.copyOf(generator.generateKeyPair().getPublic().getEncoded());
        int length = 1 + 2 * curve.fieldLength();
        assertEquals(spki, new EcPublicKey(curve, spki.slice(spki.size() - length, spki.size())).subjectPublicKeyInfo());
    }

    /// X.690 §8.3: integers are minimal, and positive ones never begin with a set bit.
    @Test
    void ecdsaSignaturesBecomeMinimalDer() {
        Bytes raw = Bytes.fromHex("00".repeat(31) + "7f").concat(Bytes.fromHex("80" + "00".repeat(31)));
        assertEquals(Bytes.fromHex("3026" + "02017f" + "022100" + "80" + "00".repeat(31)), EcdsaSignature.derFromRaw(Curve.P_256, raw));
    }

    @Test
    void invisibleCharactersAreShown() {
        assertEquals("a<U+202E>b<U+001B>[31m<U+000A>é<U+2028><U+200B>", SafeText.oneLine("a\u202eb\u001b[31m\né\u2028\u200b"));
        assertTrue(SafeText.oneLine("plain text").equals("plain text"));
    }
}
