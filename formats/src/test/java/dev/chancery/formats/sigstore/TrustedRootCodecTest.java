package dev.chancery.formats.sigstore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.domain.trust.KeyDetails;
import dev.chancery.domain.trust.TransparencyLogInstance;
import dev.chancery.domain.trust.TrustedKey;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Golden;
import dev.chancery.formats.Refusal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The JSON is written by hand from sigstore_trustroot.proto.
class TrustedRootCodecTest {
    private static final String LOG = """
            {"baseUrl":"https://log.example","hashAlgorithm":"SHA2_256","publicKey":{"rawBytes":"MAA=","keyDetails":"PKIX_ED25519",\
            "validFor":{"start":"2026-01-02T03:04:05.678Z","end":"2027-01-01T00:00:00+01:00"}},"logId":{"keyId":"AQI="},\
            "checkpointKeyId":{"keyId":"AQIDBA=="},"operator":"example.com"}""";
    private static final String AUTHORITY = """
            {"subject":{"organization":"o","commonName":"c"},"uri":"https://ca.example","certChain":{"certificates":[{"rawBytes":"MAA="},{"rawBytes":"MAE="}]},\
            "validFor":{"start":"2026-01-01T00:00:00Z"},"operator":"example.com"}""";
    private static final String ROOT = "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot.v0.2+json\",\"tlogs\":[" + LOG
            + "],\"certificateAuthorities\":[" + AUTHORITY + "],\"ctlogs\":[" + LOG + "],\"timestampAuthorities\":[" + AUTHORITY + "]}";

    private static TrustedRoot read(String json) throws FormatException {
        return TrustedRootCodec.read(Bytes.ofUtf8(json));
    }

    private static String edited(String json, String part, String replacement) {
        if (!json.contains(part)) {
            throw new AssertionError("the trusted root has no " + part);
        }
        return json.replace(part, replacement);
    }

    private static TrustedRoot root() {
        var log = new TransparencyLogInstance("https://log.example", HashAlgorithm.SHA_256,
                new TrustedKey(Bytes.fromHex("3000"), KeyDetails.PKIX_ED25519,
                        new ValidityWindow(Instant.parse("2026-01-02T03:04:05.678Z"), Instant.parse("2026-12-31T23:00:00Z"))),
                Bytes.fromHex("0102"), Bytes.fromHex("01020304"), "example.com");
        var authority = new CertificateAuthority("o", "c", "https://ca.example", List.of(Bytes.fromHex("3000"), Bytes.fromHex("3001")),
                new ValidityWindow(Instant.parse("2026-01-01T00:00:00Z"), null), "example.com");
        return new TrustedRoot(List.of(log), List.of(authority), List.of(log), List.of(authority));
    }

    @Test
    void everyFieldIsReadInItsPlaceAndWrittenAgain() throws FormatException {
        assertEquals(root(), read(ROOT));
        assertEquals(root(), TrustedRootCodec.read(TrustedRootCodec.write(root())));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "application/vnd.dev.sigstore.trustedroot+json;version=0.1", "application/vnd.dev.sigstore.trustedroot.v0.1+json",
        "application/vnd.dev.sigstore.trustedroot+json;version=0.2"})
    void theOtherMediaTypesAreReadToo(String mediaType) throws FormatException {
        assertEquals(root(), read(edited(ROOT, "application/vnd.dev.sigstore.trustedroot.v0.2+json", mediaType)));
    }

    @Test
    void theMediaTypeThatSigstoreGoReadsIsWritten() {
        String written = TrustedRootCodec.write(root()).utf8().orElseThrow();
        assertEquals(true, written.startsWith("{\n  \"mediaType\": \"application/vnd.dev.sigstore.trustedroot+json;version=0.1\",\n"), written);
    }

    /// The numbers of sigstore_common.proto, PublicKeyDetails.
    @ParameterizedTest
    @CsvSource({
        "PKCS1_RSA_PKCS1V5,1", "PKCS1_RSA_PSS,2", "PKIX_RSA_PKCS1V5,3", "PKIX_RSA_PSS,4", "PKIX_RSA_PKCS1V15_2048_SHA256,9",
        "PKIX_RSA_PKCS1V15_3072_SHA256,10", "PKIX_RSA_PKCS1V15_4096_SHA256,11", "PKIX_RSA_PSS_2048_SHA256,16", "PKIX_RSA_PSS_3072_SHA256,17",
        "PKIX_RSA_PSS_4096_SHA256,18", "PKIX_ECDSA_P256_HMAC_SHA_256,6", "PKIX_ECDSA_P256_SHA_256,5", "PKIX_ECDSA_P384_SHA_384,12",
        "PKIX_ECDSA_P521_SHA_512,13", "PKIX_ED25519,7", "PKIX_ED25519_PH,8", "PKIX_ECDSA_P384_SHA_256,19", "PKIX_ECDSA_P521_SHA_256,20",
        "LMS_SHA256,14", "LMOTS_SHA256,15", "ML_DSA_44,23", "ML_DSA_65,21", "ML_DSA_87,22"})
    void keyDetailsGoByNameOrByTheProtosNumber(KeyDetails details, int number) throws FormatException {
        for (String value : List.of(Integer.toString(number), "\"" + details + "\"")) {
            assertEquals(details, read(edited(ROOT, "\"PKIX_ED25519\"", value)).transparencyLogs().getFirst().publicKey().details());
        }
    }

    @Test
    void anAuthorityWithoutAWindowAlwaysCounts() throws FormatException {
        assertEquals(ValidityWindow.ALWAYS, read(edited(ROOT, ",\"validFor\":{\"start\":\"2026-01-01T00:00:00Z\"}", ""))
                .certificateAuthorities().getFirst().validFor());
    }

    @Test
    void oneOfTheIdsOfALogIsEnough() throws FormatException {
        assertEquals(Bytes.empty(), read(edited(ROOT, ",\"logId\":{\"keyId\":\"AQI=\"}", "")).transparencyLogs().getFirst().logId());
        assertEquals(Bytes.empty(), read(edited(ROOT, "\"checkpointKeyId\":{\"keyId\":\"AQIDBA==\"},", "")).transparencyLogs().getFirst().checkpointKeyId());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "MEDIA_TYPE_UNSUPPORTED|trustedroot.v0.2|trustedroot.v0.3", "FIELD_MISSING|\"hashAlgorithm\":\"SHA2_256\",|",
        "FIELD_MISSING|\"rawBytes\":\"MAA=\",|", "FIELD_INVALID|PKIX_ED25519|PKIX_ED448", "FIELD_MISSING|\"start\":\"2026-01-02T03:04:05.678Z\",|",
        "FIELD_UNKNOWN|\"tlogs\"|\"tlog\"", "FIELD_UNKNOWN|{\"baseUrl\"|{\"url\":\"\",\"baseUrl\"", "FIELD_MISSING|,\"certChain\":{|,\"certChains\":{",
        "FIELD_MISSING|{\"rawBytes\":\"MAA=\"},{\"rawBytes\":\"MAE=\"}|", "FIELD_UNKNOWN|\"organization\"|\"country\"",
        "FIELD_INVALID|\"2027-01-01T00:00:00+01:00\"|\"2025-01-01T00:00:00Z\"", "JSON_DUPLICATE|\"tlogs\"|\"tlogs\":[],\"tlogs\"",
        "JSON_DUPLICATE|\"baseUrl\"|\"base_url\":\"\",\"baseUrl\"", "BASE64_MALFORMED|MAA=|MAA_/"})
    void eachDefectIsRefusedWithItsOwnCode(ErrorCode code, String part, String replacement) {
        String json = edited(ROOT, part, replacement == null ? "" : replacement);
        Refusal.expect(code, () -> read(json));
    }

    @Test
    void aLogWithoutAnyIdIsRefused() {
        String json = edited(edited(ROOT, ",\"logId\":{\"keyId\":\"AQI=\"}", ""), "\"checkpointKeyId\":{\"keyId\":\"AQIDBA==\"},", "");
        Refusal.expect(ErrorCode.FIELD_MISSING, "tlogs[0].logId: expected the log's id, found nothing", () -> read(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "2026-01-01", "2026-01-01T00:00Z", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:60Z", "2026-01-01t00:00:00z", "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00+0100", "+12026-01-01T00:00:00Z", ""})
    void whatIsNotRfc3339IsNoTime(String time) {
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> read(edited(ROOT, "2026-01-01T00:00:00Z", time)));
    }

    @Test
    void bothEndsOfAWindowAreInside() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Instant end = Instant.parse("2026-12-31T00:00:00Z");
        ValidityWindow window = new ValidityWindow(start, end);
        assertEquals(true, window.contains(start) && window.contains(end));
        assertEquals(false, window.contains(start.minusNanos(1)) || window.contains(end.plusNanos(1)));
    }

    @Test
    void listsAndTheWholeAreReadUpToTheirLimits() throws FormatException {
        String most = edited(ROOT, "\"ctlogs\":[" + LOG, "\"ctlogs\":[" + String.join(",", Collections.nCopies(TrustedRoot.MAX_INSTANCES, LOG)));
        assertEquals(1_000, read(most).certificateTransparencyLogs().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(edited(most, "\"ctlogs\":[", "\"ctlogs\":[{},")));
        String padded = ROOT + " ".repeat(TrustedRoot.MAX_LENGTH - ROOT.length());
        assertEquals(root(), read(padded));
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(padded + " "));
        String chain = edited(ROOT, "{\"rawBytes\":\"MAE=\"}", String.join(",", Collections.nCopies(9, "{\"rawBytes\":\"MAE=\"}")));
        assertEquals(CertificateAuthority.MAX_CHAIN, read(chain).certificateAuthorities().getFirst().chain().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(edited(chain, "\"certificates\":[", "\"certificates\":[{},")));
    }

    @Test
    void aChangedByteEndsInAValueOrARefusal() {
        Bytes golden = Golden.in("cosign").file("trusted-root.json");
        for (int at = 0; at < golden.size(); at++) {
            byte[] mutant = golden.toByteArray();
            mutant[at] ^= (byte) (1 << at % 8);
            for (Bytes input : List.of(Bytes.copyOf(mutant), golden.slice(0, at))) {
                try {
                    TrustedRootCodec.read(input);
                } catch (FormatException e) {
                    assertEquals('F', e.problem().code().code().charAt(4));
                }
            }
        }
    }
}
