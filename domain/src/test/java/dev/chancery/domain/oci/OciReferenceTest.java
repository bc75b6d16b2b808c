package dev.chancery.domain.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// References as users write them (distribution spec 1.1, *Pulling manifests*).
class OciReferenceTest {
    private static final String DIGEST = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @ParameterizedTest
    @ValueSource(strings = {
        "oci://registry.example.com/team/app:1.0",
        "oci://127.0.0.1:5000/app",
        "oci://[::1]:5000/a/b/c__d/e-f:V1_x.y-z",
        "oci://host/app@" + DIGEST,
        "oci://host/app:tag@" + DIGEST,
        "oci-layout:folder/inside:tag",
        "oci-layout:/absolute/folder@" + DIGEST,
        "oci-archive:app.tar:1.0",
        "oci-archive:./a:b/app.tar",
    })
    void whatIsAReferenceIsWrittenAsItWasRead(String text) throws Exception {
        assertEquals(text, OciReference.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "app", "docker://host/app", "oci://", "oci://host", "oci://host/", "oci:///app", "oci://host/App", "oci://host/a//b", "oci://host/app:",
        "oci://host/app:.x", "oci://host/app:a b", "oci://host/app@sha256:00", "oci://host/app@md5:d41d8cd98f00b204e9800998ecf8427e",
        "oci://host/app@sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", "oci://user:pass@host/app", "oci://host/../app",
        "oci://host/a?x=y", "oci://host:123456/app", "oci-layout:", "oci-layout::tag", "oci-archive:app.tar:a b",
    })
    void whatIsNoneIsRefusedWithItsCode(String text) {
        assertEquals(ErrorCode.REFERENCE_MALFORMED,
                assertThrows(OciReferenceException.class, () -> OciReference.parse(text)).problem().code());
    }

    @Test
    void theLongestTagHas128Characters() throws Exception {
        assertEquals("a".repeat(128), OciReference.parse("oci://host/app:" + "a".repeat(128)).tag().orElseThrow());
        assertThrows(OciReferenceException.class, () -> OciReference.parse("oci://host/app:" + "a".repeat(129)));
    }
}
