package dev.chancery.domain.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.approval.ApprovalRequest.PolicyName;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.domain.text.LookAlikes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalRequestTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Statement STATEMENT = new Statement(Statement.V1, List.of(new Subject("app", Map.of("sha256", "ab".repeat(32)))), "type", Bytes.ofUtf8("{}"));

    private static ApprovalRequest request(String id, String requester, Duration life) {
        Digest digest = new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(id));
        return new ApprovalRequest(digest, requester, new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8("{}")), STATEMENT, Map.of(), new PolicyName("p", digest),
                Bytes.fromHex("00".repeat(16)), NOON, NOON.plus(life));
    }

    /// The codes are Python's base64.b32encode over the first ten bytes, with Crockford's letters for RFC 4648's.
    @Test
    void theCodeIsTheFirst80BitsOfTheIdInCrockfordsBase32() {
        Duration hour = Duration.ofHours(1);
        assertEquals("0000-0000-0000-0000", request("00".repeat(32), "ada", hour).code());
        assertEquals("ZZZZ-ZZZZ-ZZZZ-ZZZZ", request("ff".repeat(32), "ada", hour).code());
        assertEquals("3WX5-RZMG-PBAF-DA60", request("1f3a5c7e90b2d4f6a8c0" + "77".repeat(22), "ada", hour).code());
    }

    @Test
    void aCodeIsTypedWithOrWithoutDashesAndLookAlikesAreTakenForDigits() {
        ApprovalRequest request = request("1f3a5c7e90b2d4f6a8c0" + "77".repeat(22), "ada", Duration.ofHours(1));
        assertTrue(request.hasCode("3WX5-RZMG-PBAF-DA60"));
        assertTrue(request.hasCode("3wx5 rzmg pbaf da6o"));
        assertFalse(request.hasCode("3WX5-RZMG-PBAF-DA61"));
        assertFalse(request.hasCode("3WX5-RZMG-PBAF"));
        assertFalse(request.hasCode(""));
        assertTrue(request("08421084210842108421" + "00".repeat(22), "ada", Duration.ofHours(1)).hasCode("ILil-1111-1111-1111"));
    }

    @Test
    void aRequestIsOpenForSomeTimeAndNotForever() {
        assertEquals(NOON.plus(ApprovalRequest.MAX_LIFE), request("00".repeat(32), "ada", ApprovalRequest.MAX_LIFE).expires());
        assertThrows(IllegalArgumentException.class, () -> request("00".repeat(32), "ada", ApprovalRequest.MAX_LIFE.plusSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> request("00".repeat(32), "ada", Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> request("00".repeat(32), " ", Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> request("00".repeat(32), "a".repeat(257), Duration.ofHours(1)));
    }

    @Test
    void charactersThatCanBeMistakenForOthersAreNamed() {
        assertEquals(List.of("U+0430 CYRILLIC SMALL LETTER A", "U+2215 DIVISION SLASH"), LookAlikes.in("\u0430pp\u2215\u0430.tar"));
        assertEquals(List.of(), LookAlikes.in("app.tar.gz ~ \"1\""));
    }
}
