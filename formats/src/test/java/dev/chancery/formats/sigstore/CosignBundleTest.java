package dev.chancery.formats.sigstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bundle.SigstoreBundle.Version;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Golden;
import dev.chancery.formats.Refusal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bundles in cosign 2's form, made by `cosign --new-bundle-format=false` (`formats/src/test/regenerate-golden`).
class CosignBundleTest {
    private static final Golden COSIGN = Golden.in("cosign");
    private static final String PEM = "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n";

    private static String golden() {
        return COSIGN.file("key-message.bundle").utf8().orElseThrow();
    }

    private static SigstoreBundle read(String json) throws FormatException {
        return BundleCodec.read(Bytes.ofUtf8(json));
    }

    private static String withCert(String cert) {
        return golden().replace("\"rekorBundle\"", "\"cert\":\"" + cert.replace("\n", "\\n") + "\",\"rekorBundle\"");
    }

    @Test
    void aLoggedSignatureBecomesABundleOfVersion01WithThePromise() throws FormatException {
        SigstoreBundle bundle = BundleCodec.read(COSIGN.file("key-message.bundle"));
        assertEquals(Version.V0_1, bundle.version());
        assertEquals(new KeyMaterial.PublicKeyHint(""), bundle.keyMaterial());
        assertEquals(0x30, assertInstanceOf(Content.MessageSignature.class, bundle.content()).signature().at(0));
        TransparencyLogEntry entry = bundle.logEntries().getFirst();
        assertEquals(new TransparencyLogEntry.KindVersion("hashedrekord", "0.0.1"), entry.kindVersion());
        assertEquals(COSIGN.expected("rekor1LogId"), entry.logId().toHex());
        assertEquals(COSIGN.expected("rekor1Index"), Long.toString(entry.logIndex()));
        assertEquals(Instant.ofEpochSecond(Long.parseLong(COSIGN.expected("rekor1Time"))), entry.integratedTime().orElseThrow());
        assertEquals(0x30, entry.signedEntryTimestamp().orElseThrow().at(0));
        assertEquals(true, entry.inclusionProof().isEmpty());
        assertEquals(true, entry.canonicalizedBody().utf8().orElseThrow().startsWith("{\"apiVersion\":\"0.0.1\",\"kind\":\"hashedrekord\""));
    }

    @Test
    void anUnloggedOneHasNoEntry() throws FormatException {
        assertEquals(List.of(), BundleCodec.read(COSIGN.file("key-message-unlogged.bundle")).logEntries());
    }

    @Test
    void aKeylessOneHasItsCertificate() throws FormatException {
        SigstoreBundle bundle = BundleCodec.read(COSIGN.file("keyless-message.bundle"));
        Bytes leaf = assertInstanceOf(KeyMaterial.Certificates.class, bundle.keyMaterial()).leaf();
        assertEquals(true, leaf.startsWith(Bytes.fromHex("3082"))); // a DER sequence of 256 bytes or more
        assertEquals(leaf.size() - 4, leaf.at(2) << 8 | leaf.at(3));
    }

    @Test
    void anAttestationHasItsEnvelope() throws FormatException {
        SigstoreBundle bundle = BundleCodec.read(COSIGN.file("key-statement.bundle"));
        Content.Dsse content = assertInstanceOf(Content.Dsse.class, bundle.content());
        assertEquals(DssePayload.IN_TOTO, content.envelope().payload().payloadType());
        assertEquals(1, content.envelope().signatures().size());
        assertEquals(new TransparencyLogEntry.KindVersion("dsse", "0.0.1"), bundle.logEntries().getFirst().kindVersion());
    }

    @Test
    void itIsWrittenAsABundleOfVersion01() throws FormatException {
        SigstoreBundle bundle = BundleCodec.read(COSIGN.file("keyless-message.bundle"));
        assertEquals(bundle, BundleCodec.read(BundleCodec.write(bundle)));
    }

    @Test
    void aPublicKeyIsNamedByItsHash() throws FormatException {
        // printf '\x30\x00' | openssl dgst -sha256 -binary | base64
        String hint = "5PYNCqbX89O2pklLHIYbmfZJxvnsUauvIBsg8pcyfJU=";
        for (String cert : List.of(Bytes.ofUtf8(PEM).toBase64(), PEM, PEM.strip(), PEM.replace("\n", "\\r\\n"))) {
            assertEquals(new KeyMaterial.PublicKeyHint(hint), read(withCert(cert)).keyMaterial());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "FIELD_INVALID|-----BEGIN PRIVATE KEY-----^MAA=^-----END PRIVATE KEY-----", "FIELD_INVALID|-----BEGIN PUBLIC KEY-----^MAA=^",
        "FIELD_INVALID|-----BEGIN PUBLIC KEY-----^MAA=^-----END CERTIFICATE-----", "FIELD_INVALID|-----BEGIN -----", "FIELD_INVALID|-----BEGIN ^-----END -----",
        "FIELD_INVALID|-----BEGIN PUBLIC KEY-----MAA=-----END PUBLIC KEY-----", "BASE64_MALFORMED|-----BEGIN PUBLIC KEY-----^MAA^-----END PUBLIC KEY-----",
        "FIELD_INVALID|-----BEGIN PUBLIC KEY-----^MAA=^-----END PUBLIC KEY-----^-----BEGIN PUBLIC KEY-----^MAA=^-----END PUBLIC KEY-----",
        "BASE64_MALFORMED|x", "FIELD_INVALID|/w==", "FIELD_INVALID|"})
    void whatIsNoCertificateOrKeyInPemIsRefused(ErrorCode code, String cert) {
        Refusal.expect(code, () -> read(withCert(cert == null ? "" : cert.replace("^", "\n"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "FIELD_UNKNOWN|{\"base64Signature\"|{\"x\":1,\"base64Signature\"", "FIELD_UNKNOWN|\"Payload\":{|\"Payload\":{\"x\":1,",
        "FIELD_UNKNOWN|\"Payload\":{|\"mediaType\":\"\",\"Payload\":{", "FIELD_MISSING|\"SignedEntryTimestamp\"|\"signedEntryTimestamp\"",
        "FIELD_MISSING|\"logID\"|\"logId\"", "FIELD_INVALID|\"logID\":\"|\"logID\":\"G", "DIGEST_LENGTH|\"logID\":\"|\"logID\":\"00",
        "FIELD_INVALID|\"logIndex\":|\"logIndex\":-1", "FIELD_INVALID|\"integratedTime\":|\"integratedTime\":9999", "JSON_MALFORMED|\"body\":\"|\"body\":\"e30x",
        "JSON_DUPLICATE|{\"base64Signature\"|{\"base64Signature\":\"\",\"base64Signature\"",
        "FIELD_MISSING|\"base64Signature\":\"|\"base64Signature\":\"\",\"x\":\"", "BASE64_MALFORMED|\"base64Signature\":\"|\"base64Signature\":\"-"})
    void eachDefectIsRefusedWithItsOwnCode(ErrorCode code, String part, String replacement) {
        Refusal.expect(code, () -> read(golden().replace(part, replacement)));
    }

    @Test
    void anEntryThatDoesNotSayItsKindIsRefused() {
        String json = golden().replaceFirst("\"body\":\"[^\"]*\"", "\"body\":\"e30=\"");
        Refusal.expect(ErrorCode.FIELD_MISSING, "rekorBundle.Payload.body.kind: expected a string, found nothing", () -> read(json));
    }

    @Test
    void aSignatureThatIsAnotherJsonObjectIsRefused() {
        String json = "{\"base64Signature\":\"" + Bytes.ofUtf8("{\"a\":1}").toBase64() + "\"}";
        Refusal.expect(ErrorCode.FIELD_MISSING, "base64Signature.payload: expected a string, found nothing", () -> read(json));
    }
}
