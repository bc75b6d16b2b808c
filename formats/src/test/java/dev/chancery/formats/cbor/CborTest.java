package dev.chancery.formats.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Encodings are from RFC 8949, appendix A.
class CborTest {
    @ParameterizedTest
    @CsvSource({"0, 00", "1, 01", "10, 0a", "23, 17", "24, 1818", "25, 1819", "100, 1864", "1000, 1903e8", "1000000, 1a000f4240",
        "1000000000000, 1b000000e8d4a51000", "-1, 20", "-10, 29", "-100, 3863", "-1000, 3903e7"})
    void integersHaveTheirShortestForm(long value, String hex) throws Exception {
        assertEquals(hex, CborWriter.write(new Cbor.Int(value)).toHex());
        assertEquals(new Cbor.Int(value), CborReader.read(Bytes.fromHex(hex)));
    }

    @Test
    void otherKindsAreWrittenAndRead() throws Exception {
        check("f4", new Cbor.Bool(false));
        check("f5", new Cbor.Bool(true));
        check("40", new Cbor.ByteString(Bytes.empty()));
        check("4401020304", new Cbor.ByteString(Bytes.fromHex("01020304")));
        check("60", new Cbor.Text(""));
        check("6449455446", new Cbor.Text("IETF"));
        check("62c3bc", new Cbor.Text("ü"));
        check("80", new Cbor.Array(List.of()));
        check("8301820203820405", new Cbor.Array(List.of(new Cbor.Int(1), new Cbor.Array(List.of(new Cbor.Int(2), new Cbor.Int(3))),
                new Cbor.Array(List.of(new Cbor.Int(4), new Cbor.Int(5))))));
        check("a201020304", Cbor.map().put(1, new Cbor.Int(2)).put(3, new Cbor.Int(4)).build());
        check("a26161016162820203", Cbor.map().put("a", new Cbor.Int(1)).put("b", new Cbor.Array(List.of(new Cbor.Int(2), new Cbor.Int(3)))).build());
    }

    private static void check(String hex, Cbor value) throws CborException {
        assertEquals(hex, CborWriter.write(value).toHex());
        assertEquals(value, CborReader.read(Bytes.fromHex(hex)));
    }

    /// CTAP 2.1 §8: integers before texts, positive before negative, shorter before longer, then byte by byte.
    @Test
    void keysStandInTheCanonicalOrder() {
        Cbor one = new Cbor.Int(1);
        Cbor.Map map = Cbor.map().put("type", one).put("id", one).put("alg", one).put(-1, one).put(256, one).put(3, one).put("ab", one).build();
        assertEquals("a7" + "0301" + "19010001" + "2001" + "62616201" + "62696401" + "63616c6701" + "647479706501", CborWriter.write(map).toHex());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "18", "1817", "190018", "1a00000100", "1b0000000000000001", "1bffffffffffffffff", "41", "5f42010243030405ff", "9f01ff", "bf6161019fff",
        "c11a514b67b0", "f6", "f7", "f90000", "fb3ff199999999999a", "a10102a0", "a201020103", "a1410000", "61ff", "9affffffff", "818181818181818181818100", "1c", "0000"})
    void whatIsNotCanonicalIsRefused(String hex) {
        assertThrows(CborException.class, () -> CborReader.read(Bytes.fromHex(hex)));
    }

    @Test
    void aMembersKindIsHeldAgainstWhatIsExpected() throws Exception {
        Cbor.Map map = Cbor.map().put(1, new Cbor.Text("x")).put("a", new Cbor.ByteString(Bytes.fromHex("01"))).build();
        assertEquals("x", map.text(1));
        assertEquals(Bytes.fromHex("01"), map.bytes("a"));
        assertThrows(CborException.class, () -> map.bytes(1));
        assertThrows(CborException.class, () -> map.integer(1));
        assertThrows(CborException.class, () -> map.map(2));
        assertThrows(CborException.class, () -> map.text("a"));
    }
}
