package dev.chancery.domain.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustRulesTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ValidityWindow SINCE_NOON = new ValidityWindow(NOON, null);
    private static final Bytes DER = Bytes.fromHex("3000");

    @Test
    void aWindowIncludesBothOfItsEnds() {
        ValidityWindow window = new ValidityWindow(NOON, NOON);
        assertEquals(true, window.contains(NOON));
        assertEquals(false, window.contains(NOON.minusNanos(1)) || window.contains(NOON.plusNanos(1)));
        assertEquals(true, ValidityWindow.ALWAYS.contains(Instant.MIN) && ValidityWindow.ALWAYS.contains(Instant.MAX));
    }

    @Test
    void aWindowDoesNotEndBeforeItStarts() {
        assertThrows(IllegalArgumentException.class, () -> new ValidityWindow(NOON, NOON.minusNanos(1)));
    }

    @Test
    void aTrustedKeyHasBytesAndAStart() {
        assertThrows(IllegalArgumentException.class, () -> new TrustedKey(Bytes.empty(), KeyDetails.PKIX_ED25519, SINCE_NOON));
        assertThrows(IllegalArgumentException.class, () -> new TrustedKey(DER, KeyDetails.PKIX_ED25519, ValidityWindow.ALWAYS));
    }

    @Test
    void aLogHasAnIdOfEitherKind() {
        TrustedKey key = new TrustedKey(DER, KeyDetails.PKIX_ED25519, SINCE_NOON);
        new TransparencyLogInstance("", HashAlgorithm.SHA_256, key, DER, Bytes.empty(), "");
        new TransparencyLogInstance("", HashAlgorithm.SHA_256, key, Bytes.empty(), DER, "");
        assertThrows(IllegalArgumentException.class,
                () -> new TransparencyLogInstance("", HashAlgorithm.SHA_256, key, Bytes.empty(), Bytes.empty(), ""));
    }

    @Test
    void theLastOfAnAuthoritysCertificatesIsItsAnchor() {
        Bytes anchor = Bytes.fromHex("3001");
        CertificateAuthority authority = new CertificateAuthority("", "", "", List.of(DER, anchor), ValidityWindow.ALWAYS, "");
        assertEquals(anchor, authority.anchor());
        assertEquals(List.of(DER), authority.intermediates());
        for (int count : new int[] {0, CertificateAuthority.MAX_CHAIN + 1}) {
            List<Bytes> chain = Collections.nCopies(count, DER);
            assertThrows(IllegalArgumentException.class, () -> new CertificateAuthority("", "", "", chain, ValidityWindow.ALWAYS, ""));
        }
    }

    @Test
    void servicesAreSelectedWhereThereAreAny() {
        Service service = new Service("https://example.com", 1, SINCE_NOON, "example.com");
        assertThrows(IllegalArgumentException.class, () -> new ServiceGroup(List.of(service), new ServiceGroup.Selection.None()));
        assertThrows(IllegalArgumentException.class, () -> new ServiceGroup(List.of(service), new ServiceGroup.Selection.Exactly(2)));
        assertThrows(IllegalArgumentException.class, () -> new ServiceGroup.Selection.Exactly(0));
        assertThrows(IllegalArgumentException.class, () -> new Service("https://example.com", 1, ValidityWindow.ALWAYS, "example.com"));
        assertThrows(IllegalArgumentException.class, () -> new Service("https://example.com", 1, SINCE_NOON, ""));
    }
}
