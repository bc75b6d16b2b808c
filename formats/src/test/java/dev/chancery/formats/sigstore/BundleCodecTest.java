package dev.chancery.formats.sigstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bundle.SigstoreBundle.Version;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The JSON is written by hand from sigstore_bundle.proto and the JSON mapping of protocol buffers.
class BundleCodecTest {
    private static final String DIGEST = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String PROOF = """
            "inclusionProof":{"logIndex":"6","rootHash":"DIGEST","treeSize":"7","hashes":["DIGEST"],"checkpoint":{"envelope":"o\\n7\\n"}}""";
    private static final String ENTRY = """
            {"logIndex":"1234567890123","logId":{"keyId":"AQI="},"kindVersion":{"kind":"hashedrekord","version":"0.0.1"},\
            "integratedTime":"1700000000","inclusionPromise":{"signedEntryTimestamp":"/v8="},"""
            + PROOF + ",\"canonicalizedBody\":\"e30=\"}";
    private static final String MESSAGE = """
            {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"certificate":{"rawBytes":"MAA="},\
            "tlogEntries":[ENTRY],"timestampVerificationData":{"rfc3161Timestamps":[{"signedTimestamp":"MAE="}]}},\
            "messageSignature":{"messageDigest":{"algorithm":"SHA2_256","digest":"DIGEST"},"signature":"AP8="}}"""
            .replace("ENTRY", ENTRY).replace("DIGEST", DIGEST);
    private static final String DSSE = """
            {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"publicKey":{"hint":"h"}},\
            "dsseEnvelope":{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AP8="}]}}""";

    private static SigstoreBundle read(String json) throws FormatException {
        return BundleCodec.read(Bytes.ofUtf8(json));
    }

    private static String edited(String json, String part, String replacement) {
        if (!json.contains(part)) {
            throw new AssertionError("the bundle has no " + part);
        }
        return json.replace(part, replacement);
    }

    private static SigstoreBundle message() {
        Bytes hash = Bytes.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        return new SigstoreBundle(Version.V0_3, new KeyMaterial.Certificates(List.of(Bytes.fromHex("3000"))),
                List.of(new TransparencyLogEntry(1_234_567_890_123L, Bytes.fromHex("0102"),
                        new TransparencyLogEntry.KindVersion("hashedrekord", "0.0.1"), Instant.parse("2023-11-14T22:13:20Z"), Bytes.fromHex("feff"),
                        new InclusionProof(6, hash, 7, List.of(hash), "o\n7\n"), Bytes.ofUtf8("{}"))),
                List.of(Bytes.fromHex("3001")), new Content.MessageSignature(new Digest(HashAlgorithm.SHA_256, hash), Bytes.fromHex("00ff")));
    }

    private static SigstoreBundle dsse() {
        return new SigstoreBundle(Version.V0_3, new KeyMaterial.PublicKeyHint("h"), List.of(), List.of(),
                new Content.Dsse(new DsseEnvelope(new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8("{}")),
                        List.of(new DsseEnvelope.DsseSignature("", Bytes.fromHex("00ff"))))));
    }

    @Test
    void everyFieldIsReadAndWrittenInItsPlace() throws FormatException {
        assertEquals(message(), read(MESSAGE));
        assertEquals(MESSAGE, BundleCodec.write(message()).utf8().orElseThrow());
        assertEquals(dsse(), read(DSSE));
        assertEquals(DSSE, BundleCodec.write(dsse()).utf8().orElseThrow());
    }

    @Test
    void namesOfTheProtoFilesAreReadToo() throws FormatException {
        String json = MESSAGE;
        for (String name : List.of("mediaType", "verificationMaterial", "rawBytes", "tlogEntries", "logIndex", "logId", "keyId", "kindVersion",
                "integratedTime", "inclusionPromise", "signedEntryTimestamp", "inclusionProof", "rootHash", "treeSize", "canonicalizedBody",
                "timestampVerificationData", "rfc3161Timestamps", "signedTimestamp", "messageSignature", "messageDigest")) {
            json = edited(json, "\"" + name + "\"", "\"" + name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT) + "\"");
        }
        assertEquals(message(), read(json));
        assertEquals(dsse(), read(edited(edited(DSSE, "publicKey", "public_key"), "dsseEnvelope", "dsse_envelope")));
    }

    @Test
    void envelopeProtoSpellsPayloadTypeInCamelCaseItself() {
        Refusal.expect(ErrorCode.FIELD_MISSING, () -> read(edited(DSSE, "payloadType", "payload_type")));
    }

    @Test
    void integersMayBeNumbersAndEnumerationsToo() throws FormatException {
        String json = edited(edited(edited(MESSAGE, "\"1234567890123\"", "1234567890123"), "\"7\"", "7.0"), "\"SHA2_256\"", "1");
        assertEquals(message(), read(json));
    }

    @Test
    void base64MayBeUrlSafeAndUnpadded() throws FormatException {
        assertEquals(message(), read(edited(edited(edited(MESSAGE, "/v8=", "_v8"), "AP8=", "AP8"), DIGEST, DIGEST.replace("=", ""))));
    }

    @Test
    void nullIsAbsent() throws FormatException {
        assertEquals(dsse(), read(edited(DSSE, "{\"publicKey\"", "{\"certificate\":null,\"tlogEntries\":null,\"publicKey\"")
                .replace("\"dsseEnvelope\"", "\"messageSignature\":null,\"dsseEnvelope\"")));
    }

    @Test
    void valuesThatProtocolBuffersLeaveOutAreZeroOrNothing() throws FormatException {
        String json = MESSAGE;
        for (String part : List.of("\"logIndex\":\"1234567890123\",", "\"integratedTime\":\"1700000000\",", "\"logIndex\":\"6\",",
                "\"hashes\":[\"" + DIGEST + "\"],", ",\"canonicalizedBody\":\"e30=\"", "\"inclusionPromise\":{\"signedEntryTimestamp\":\"/v8=\"},")) {
            json = edited(json, part, "");
        }
        TransparencyLogEntry entry = read(json).logEntries().getFirst();
        assertEquals(0, entry.logIndex());
        assertEquals(true, entry.integratedTime().isEmpty() && entry.signedEntryTimestamp().isEmpty() && entry.canonicalizedBody().isEmpty());
        assertEquals(0, entry.inclusionProof().orElseThrow().logIndex());
        assertEquals(List.of(), entry.inclusionProof().orElseThrow().hashes());
        assertEquals(json, BundleCodec.write(read(json)).utf8().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.dev.sigstore.bundle+json;version=0.1,V0_1", "application/vnd.dev.sigstore.bundle.v0.1+json,V0_1",
        "application/vnd.dev.sigstore.bundle+json;version=0.2,V0_2", "application/vnd.dev.sigstore.bundle.v0.2+json,V0_2",
        "application/vnd.dev.sigstore.bundle+json;version=0.3,V0_3", "application/vnd.dev.sigstore.bundle.v0.3+json,V0_3"})
    void bothSpellingsOfEachVersionAreRead(String mediaType, Version version) throws FormatException {
        assertEquals(version, read(edited(DSSE, "application/vnd.dev.sigstore.bundle.v0.3+json", mediaType)).version());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "application/vnd.dev.sigstore.bundle.v0.4+json", "application/vnd.dev.sigstore.bundle+json", "application/json", "",
        "application/vnd.dev.sigstore.bundle.v0.3+json ", "Application/vnd.dev.sigstore.bundle.v0.3+json"})
    void otherMediaTypesAreRefused(String mediaType) {
        Refusal.expect(ErrorCode.MEDIA_TYPE_UNSUPPORTED, () -> read(edited(DSSE, "application/vnd.dev.sigstore.bundle.v0.3+json", mediaType)));
    }

    @Test
    void olderBundlesHaveChainsAndVersion03HasNone() throws FormatException {
        String chain = edited(MESSAGE, "\"certificate\":{\"rawBytes\":\"MAA=\"}",
                "\"x509CertificateChain\":{\"certificates\":[{\"rawBytes\":\"MAA=\"},{\"rawBytes\":\"MAE=\"}]}");
        String old = edited(chain, "bundle.v0.3+json", "bundle+json;version=0.2");
        KeyMaterial.Certificates certificates = assertInstanceOf(KeyMaterial.Certificates.class, read(old).keyMaterial());
        assertEquals(List.of(Bytes.fromHex("3000"), Bytes.fromHex("3001")), certificates.chain());
        assertEquals(old, BundleCodec.write(read(old)).utf8().orElseThrow());
        Refusal.expect(ErrorCode.FIELD_INVALID,
                "verificationMaterial: expected a leaf certificate or a public key, as version 0.3 has them, found x509CertificateChain", () -> read(chain));
    }

    @Test
    void anEntryOfVersion01NeedsAPromiseAndOfALaterOneAProof() throws FormatException {
        String withoutProof = edited(MESSAGE, PROOF.replace("DIGEST", DIGEST) + ",", "");
        String withoutPromise = edited(MESSAGE, "\"inclusionPromise\":{\"signedEntryTimestamp\":\"/v8=\"},", "");
        String withoutCheckpoint = edited(MESSAGE, ",\"checkpoint\":{\"envelope\":\"o\\n7\\n\"}", "");
        for (String version : List.of("bundle+json;version=0.2", "bundle.v0.3+json")) {
            read(v(withoutPromise, version));
            Refusal.expect(ErrorCode.FIELD_MISSING, () -> read(v(withoutProof, version)));
            Refusal.expect(ErrorCode.FIELD_MISSING, () -> read(v(withoutCheckpoint, version)));
        }
        read(v(withoutProof, "bundle+json;version=0.1"));
        read(v(withoutCheckpoint, "bundle+json;version=0.1"));
        Refusal.expect(ErrorCode.FIELD_MISSING, () -> read(v(withoutPromise, "bundle+json;version=0.1")));
    }

    /// A version with its media type, and the certificate in the form that it has.
    private static String v(String json, String version) {
        String typed = json.replace("bundle.v0.3+json", version);
        return version.contains("0.3") ? typed
                : typed.replace("\"certificate\":{\"rawBytes\":\"MAA=\"}", "\"x509CertificateChain\":{\"certificates\":[{\"rawBytes\":\"MAA=\"}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "FIELD_MISSING|\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",|",
        "FIELD_UNKNOWN|{\"mediaType\"|{\"x\":1,\"mediaType\"",
        "FIELD_UNKNOWN|\"certificate\":{|\"extra\":null,\"certificate\":{",
        "FIELD_UNKNOWN|{\"rawBytes\":\"MAA=\"|{\"rawbytes\":\"\",\"rawBytes\":\"MAA=\"",
        "FIELD_UNKNOWN|{\"signedTimestamp\"|{\"a\":1,\"signedTimestamp\"",
        "FIELD_UNKNOWN|{\"rfc3161Timestamps\"|{\"rfc3162Timestamps\":[],\"rfc3161Timestamps\"",
        "FIELD_UNKNOWN|{\"messageDigest\"|{\"keyid\":\"\",\"messageDigest\"",
        "FIELD_UNKNOWN|{\"algorithm\"|{\"a\":1,\"algorithm\"",
        "FIELD_UNKNOWN|{\"keyId\"|{\"oid\":\"\",\"keyId\"",
        "FIELD_UNKNOWN|{\"kind\"|{\"a\":1,\"kind\"",
        "FIELD_UNKNOWN|{\"envelope\"|{\"a\":1,\"envelope\"",
        "FIELD_INVALID|\"certificate\":{|\"publicKey\":{},\"certificate\":{",
        "FIELD_INVALID|\"certificate\":{\"rawBytes\":\"MAA=\"},|",
        "FIELD_MISSING|\"rawBytes\":\"MAA=\"|\"rawBytes\":\"\"",
        "FIELD_MISSING|\"rawBytes\":\"MAA=\"|",
        "FIELD_INVALID|\"rawBytes\":\"MAA=\"|\"rawBytes\":1",
        "FIELD_INVALID|\"messageSignature\"|\"dsseEnvelope\":{},\"messageSignature\"",
        "FIELD_MISSING|,\"signature\":\"AP8=\"|",
        "FIELD_MISSING|\"AP8=\"|\"\"",
        "FIELD_MISSING|\"algorithm\":\"SHA2_256\",|",
        "FIELD_MISSING|\"SHA2_256\"|\"HASH_ALGORITHM_UNSPECIFIED\"",
        "FIELD_INVALID|\"SHA2_256\"|\"SHA3_256\"",
        "FIELD_INVALID|\"SHA2_256\"|\"sha256\"",
        "FIELD_INVALID|\"SHA2_256\"|6",
        "DIGEST_LENGTH|\"SHA2_256\"|\"SHA2_384\"",
        "DIGEST_LENGTH|\"rootHash\":\"AAEC|\"rootHash\":\"",
        "DIGEST_LENGTH|\"hashes\":[|\"hashes\":[\"AAAA\",",
        "DIGEST_LENGTH|\"digest\":\"AAEC|\"digest\":\"",
        "FIELD_INVALID|\"hashes\":[|\"hashes\":[null,",
        "FIELD_INVALID|\"1234567890123\"|\"-1\"",
        "FIELD_INVALID|\"1234567890123\"|\"9223372036854775808\"",
        "FIELD_INVALID|\"1700000000\"|\"253402300800\"",
        "FIELD_INVALID|\"treeSize\":\"7\"|\"treeSize\":-7",
        "FIELD_MISSING|\"logId\":{\"keyId\":\"AQI=\"},|",
        "FIELD_MISSING|\"AQI=\"|\"\"",
        "FIELD_MISSING|\"kindVersion\":{\"kind\":\"hashedrekord\",\"version\":\"0.0.1\"},|",
        "FIELD_MISSING|\"hashedrekord\"|\"\"",
        "FIELD_MISSING|\"/v8=\"|\"\"",
        "FIELD_MISSING|\"envelope\":\"o\\n7\\n\"|\"envelope\":\"\"",
        "FIELD_INVALID|\"tlogEntries\":[|\"tlogEntries\":[null,",
        "FIELD_INVALID|\"tlogEntries\":[|\"tlogEntries\":[[],",
        "FIELD_MISSING|\"signedTimestamp\":\"MAE=\"|",
        "BASE64_MALFORMED|\"AP8=\"|\"AP8==\"",
        "BASE64_MALFORMED|\"AP8=\"|\"AP9=\"",
        "BASE64_MALFORMED|\"AP8=\"|\"A P8=\"",
        "BASE64_MALFORMED|\"/v8=\"|\"/_8=\"",
        "JSON_DUPLICATE|\"logIndex\":\"6\"|\"logIndex\":\"6\",\"log_index\":\"6\"",
        "JSON_DUPLICATE|\"logIndex\":\"6\"|\"logIndex\":\"6\",\"logIndex\":\"6\"",
        "JSON_DUPLICATE|{\"mediaType\"|{\"media_type\":\"\",\"mediaType\"",
        "JSON_DUPLICATE|\"tlogEntries\"|\"tlog_entries\":[],\"tlogEntries\"",
        "JSON_MALFORMED|\"o\\n7\\n\"|\"\\ud800\"",
        "JSON_MALFORMED|]}}|]}"})
    void eachDefectIsRefusedWithItsOwnCode(ErrorCode code, String part, String replacement) {
        String json = edited(MESSAGE, part, replacement == null ? "" : replacement);
        Refusal.expect(code, () -> read(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "FIELD_MISSING|\"payload\":\"e30=\",|", "FIELD_MISSING|\"e30=\"|\"\"", "FIELD_MISSING|application/vnd.in-toto+json|",
        "FIELD_UNKNOWN|{\"sig\"|{\"a\":1,\"sig\"", "FIELD_MISSING|\"AP8=\"|\"\"", "FIELD_INVALID|\"signatures\":[|\"signatures\":[1,",
        "FIELD_UNKNOWN|{\"payload\":|{\"x\":1,\"payload\":", "FIELD_INVALID|\"h\"|1", "FIELD_UNKNOWN|{\"hint\"|{\"keyid\":\"\",\"hint\""})
    void eachDefectOfAnEnvelopeToo(ErrorCode code, String part, String replacement) {
        String json = edited(DSSE, part, replacement == null ? "" : replacement);
        Refusal.expect(code, () -> read(json));
    }

    @Test
    void theKeyIdOfAnEnvelopeIsKept() throws FormatException {
        String json = edited(DSSE, "\"sig\":\"AP8=\"", "\"sig\":\"AP8=\",\"keyid\":\"k\"");
        assertEquals(json, BundleCodec.write(read(json)).utf8().orElseThrow());
    }

    @Test
    void listsAreReadUpToTheirLimits() throws FormatException {
        String entries = edited(MESSAGE, ENTRY.replace("DIGEST", DIGEST), repeated(ENTRY.replace("DIGEST", DIGEST), SigstoreBundle.MAX_LOG_ENTRIES));
        assertEquals(32, read(entries).logEntries().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(edited(entries, "\"tlogEntries\":[", "\"tlogEntries\":[{},")));

        String timestamps = edited(MESSAGE, "{\"signedTimestamp\":\"MAE=\"}", repeated("{\"signedTimestamp\":\"MAE=\"}", SigstoreBundle.MAX_TIMESTAMPS));
        assertEquals(32, read(timestamps).timestamps().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(edited(timestamps, "\"rfc3161Timestamps\":[", "\"rfc3161Timestamps\":[{},")));

        String hashes = edited(MESSAGE, "[\"" + DIGEST + "\"]", "[" + repeated("\"" + DIGEST + "\"", InclusionProof.MAX_HASHES) + "]");
        assertEquals(64, read(hashes).logEntries().getFirst().inclusionProof().orElseThrow().hashes().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(edited(hashes, "\"hashes\":[", "\"hashes\":[\"\",")));

        String signatures = edited(DSSE, "{\"sig\":\"AP8=\"}", repeated("{\"sig\":\"AP8=\"}", DsseEnvelope.MAX_SIGNATURES));
        assertEquals(100, assertInstanceOf(Content.Dsse.class, read(signatures).content()).envelope().signatures().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(edited(signatures, "\"signatures\":[", "\"signatures\":[{},")));

        String chain = v(MESSAGE, "bundle+json;version=0.1").replace("{\"rawBytes\":\"MAA=\"}", repeated("{\"rawBytes\":\"MAA=\"}", SigstoreBundle.MAX_CHAIN));
        assertEquals(10, assertInstanceOf(KeyMaterial.Certificates.class, read(chain).keyMaterial()).chain().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(edited(chain, "\"certificates\":[", "\"certificates\":[{},")));
    }

    private static String repeated(String element, int times) {
        return String.join(",", java.util.Collections.nCopies(times, element));
    }

    @Test
    void aPayloadOfSixteenMebibytesIsReadAndNoLargerOne() throws FormatException {
        String most = "A".repeat((DssePayload.MAX_LENGTH / 3) * 4) + "AA=="; // 16 MiB = 3 × 5592405 + 1 bytes
        Content.Dsse read = assertInstanceOf(Content.Dsse.class, read(edited(DSSE, "e30=", most)).content());
        assertEquals(16 * 1024 * 1024, read.envelope().payload().content().size());
        Refusal.expect(ErrorCode.TOO_LARGE, "dsseEnvelope.payload: expected at most 16777216 bytes, found 16777217",
                () -> read(edited(DSSE, "e30=", most.replace("AA==", "AAA="))));
    }

    @Test
    void aBundleOfThirtyTwoMebibytesIsReadAndNoLargerOne() throws FormatException {
        String spaces = " ".repeat(SigstoreBundle.MAX_LENGTH - DSSE.length());
        assertEquals(dsse(), read(DSSE + spaces));
        Refusal.expect(ErrorCode.TOO_LARGE, "the document: expected at most 33554432 bytes, found 33554433", () -> read(DSSE + spaces + " "));
    }
}
