package dev.chancery.formats.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemBlockTest {
    private static final String A = "-----BEGIN A B-----\nMAA=\n-----END A B-----\n";
    private static final String C = "-----BEGIN C-----\nMA\nE=\n-----END C-----";

    @Test
    void blocksFollowEachOther() throws FormatException {
        assertEquals(List.of(new PemBlock("A B", Bytes.fromHex("3000")), new PemBlock("C", Bytes.fromHex("3001"))), PemBlock.readAll("\n" + A + C + "\n\n", 2, ""));
        assertEquals(new PemBlock("A B", Bytes.fromHex("3000")), PemBlock.read(A.replace("\n", "\r\n"), ""));
    }

    @Test
    void asManyAreReadAsMayBe() {
        Refusal.expect(ErrorCode.TOO_LARGE, "x: expected at most 2 PEM blocks, found 3", () -> PemBlock.readAll(A + A + A, 2, "x"));
        Refusal.expect(ErrorCode.FIELD_INVALID, "x: expected PEM, found more behind the first block", () -> PemBlock.read(A + C, "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "x", "x\n-----BEGIN C-----\nMAE=\n-----END C-----", "-----BEGIN C-----\nMAE=\n-----END C-----x", "-----BEGIN C-----\nMAE=\n-----END D-----",
        "-----BEGIN C-----\nMAE=", "-----BEGIN C----\nMAE=\n-----END C----", "-----BEGIN ", "-----BEGIN -----", "-----BEGIN C-----MAE=\n-----END C-----"})
    void anythingElseIsRefused(String text) {
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> PemBlock.readAll(text, 9, ""));
    }

    @Test
    void whatStandsInABlockIsNotShown() {
        Refusal.expect(ErrorCode.BASE64_MALFORMED, "x: expected lines of base64 (RFC 4648 §4, padded), found something else",
                () -> PemBlock.read("-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----".replace("MG", "MG!"), "x"));
    }
}
