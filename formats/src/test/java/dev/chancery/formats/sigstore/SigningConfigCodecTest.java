package dev.chancery.formats.sigstore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.trust.Service;
import dev.chancery.domain.trust.ServiceGroup;
import dev.chancery.domain.trust.ServiceGroup.Selection;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Golden;
import dev.chancery.formats.Refusal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningConfigCodecTest {
    private static final String SERVICE =
            "{\"url\":\"https://log.example\",\"majorApiVersion\":2,\"validFor\":{\"start\":\"2026-01-01T00:00:00Z\"},\"operator\":\"example.com\"}";
    private static final String CONFIG = "{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\",\"rekorTlogUrls\":[" + SERVICE
            + "],\"rekorTlogConfig\":{\"selector\":\"EXACT\",\"count\":1}}";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static SigningConfig read(String json) throws FormatException {
        return SigningConfigCodec.read(Bytes.ofUtf8(json));
    }

    private static Service service(String url, long version, String start, String operator) {
        return new Service(url, version, new ValidityWindow(Instant.parse(start), null), operator);
    }

    /// Made by `cosign signing-config create` (`formats/src/test/regenerate-golden`).
    @Test
    void cosignsIsRead() throws FormatException {
        SigningConfig config = SigningConfigCodec.read(Golden.in("cosign").file("signing-config.json"));
        var log = service("https://rekor.example", 2, "2026-01-01T00:00:00Z", "example.com");
        var tsa = new Service("https://tsa.example/api/v1/timestamp", 1, new ValidityWindow(START, Instant.parse("2027-01-01T00:00:00Z")), "example.com");
        assertEquals(new SigningConfig(List.of(service("https://fulcio.example", 1, "2026-01-01T00:00:00Z", "example.com")),
                List.of(service("https://oidc.example", 1, "2026-01-01T00:00:00Z", "example.com")),
                new ServiceGroup(List.of(log), new Selection.Exactly(1)), new ServiceGroup(List.of(tsa), new Selection.Any())), config);
        assertEquals(config, SigningConfigCodec.read(SigningConfigCodec.write(config)));
    }

    @Test
    void anEmptyOneUsesNoService() throws FormatException {
        SigningConfig empty = read("{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\",\"rekorTlogConfig\":{},\"tsaConfig\":{}}");
        assertEquals(new SigningConfig(List.of(), List.of(), ServiceGroup.NONE, ServiceGroup.NONE), empty);
        assertEquals(empty, SigningConfigCodec.read(SigningConfigCodec.write(empty)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "MEDIA_TYPE_UNSUPPORTED|v0.2|v0.1", "FIELD_MISSING|\"selector\":\"EXACT\"|\"selector\":\"SERVICE_SELECTOR_UNDEFINED\"",
        "FIELD_MISSING|,\"rekorTlogConfig\":{\"selector\":\"EXACT\",\"count\":1}|", "FIELD_INVALID|\"count\":1|\"count\":2", "FIELD_INVALID|\"count\":1|\"count\":0",
        "FIELD_INVALID|EXACT|SOME", "FIELD_INVALID|https://log.example|log.example", "FIELD_INVALID|https://log.example|file:///etc",
        "FIELD_INVALID|https://log.example|https://", "FIELD_INVALID|https://log.example|ht tp://x", "FIELD_INVALID|\"majorApiVersion\":2|\"majorApiVersion\":-1",
        "FIELD_INVALID|\"majorApiVersion\":2|\"majorApiVersion\":4294967296", "FIELD_MISSING|example.com|", "FIELD_MISSING|\"start\":\"2026-01-01T00:00:00Z\"|",
        "FIELD_UNKNOWN|\"operator\"|\"operators\":1,\"operator\"", "FIELD_UNKNOWN|\"rekorTlogUrls\"|\"rekorUrls\":[],\"rekorTlogUrls\"", "JSON_DUPLICATE|\"rekorTlogUrls\"|\"rekor_tlog_urls\":[],\"rekorTlogUrls\""})
    void eachDefectIsRefusedWithItsOwnCode(ErrorCode code, String part, String replacement) {
        Refusal.expect(code, () -> read(CONFIG.replace(part, replacement == null ? "" : replacement)));
    }

    @Test
    void itIsReadUpToItsLimits() throws FormatException {
        String most = CONFIG.replace(SERVICE, String.join(",", Collections.nCopies(SigningConfig.MAX_SERVICES, SERVICE)));
        assertEquals(100, read(most).transparencyLogs().services().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(most.replace("[{", "[{},{")));
        read(CONFIG + " ".repeat(SigningConfig.MAX_LENGTH - CONFIG.length()));
        Refusal.expect(ErrorCode.TOO_LARGE, () -> read(CONFIG + " ".repeat(SigningConfig.MAX_LENGTH - CONFIG.length() + 1)));
    }

    /// The rules of sigstore_trustroot.proto, Service.
    @Test
    void usableAreTheNewestOfEachOperatorInTheHighestVersionThatIsSpoken() {
        Service oldOfA = service("https://1", 2, "2024-01-01T00:00:00Z", "a");
        Service newOfA = service("https://2", 2, "2025-01-01T00:00:00Z", "a");
        Service ofB = service("https://3", 2, "2023-01-01T00:00:00Z", "b");
        Service tooNew = service("https://4", 3, "2023-01-01T00:00:00Z", "c");
        Service lower = service("https://5", 1, "2025-06-01T00:00:00Z", "d");
        Service future = service("https://6", 2, "2027-01-01T00:00:00Z", "e");
        List<Service> all = List.of(oldOfA, newOfA, ofB, tooNew, lower, future);
        assertEquals(List.of(newOfA, ofB), Service.usable(all, Set.of(1L, 2L), START));
        assertEquals(List.of(lower), Service.usable(all, Set.of(1L), START));
        assertEquals(List.of(), Service.usable(all, Set.of(9L), START));
    }
}
