package dev.chancery.adapters.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import dev.chancery.testkit.crypto.SignatureVectors;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One key has one id, whatever form it comes in; what isn't a sound key is refused with its reason.
final class SpkiPublicKeyDecoderTest {
    private static final PublicKeyDecoder DECODER = new SpkiPublicKeyDecoder();
    private static final String EC = "06072a8648ce3d0201";
    private static final String P256 = "06082a8648ce3d030107";
    private static final String RSA = "06092a864886f70d010101";
    private static final String PSS = "06092a864886f70d01010a";
    private static final String ED25519 = "06032b6570";
    private static final String ML_DSA_44 = "060960864801650304" + "0311";

    @TestFactory
    Stream<DynamicTest> theNormalFormIsReadAndWrittenTheSame() {
        return keys().stream().map(key -> dynamicTest(key.description() + " " + key.id(), () -> {
            assertEquals(key, DECODER.decodeDer(key.subjectPublicKeyInfo()));
            assertEquals(key, DECODER.decodePem(Bytes.ofUtf8(key.pem())));
            assertEquals(key, DECODER.decodePem(Bytes.ofUtf8("\n" + key.pem().replace("\n", "\r\n") + " \t")));
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "P-521"})
    void aPointInAnyFormIsOneKey(String curve) throws Exception {
        String pem = openssl("", "genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + curve);
        PublicKey usual = DECODER.decodePem(Bytes.ofUtf8(openssl(pem, "pkey", "-pubout")));
        for (String form : List.of("compressed", "hybrid", "uncompressed")) {
            String odd = openssl(pem, "ec", "-pubout", "-conv_form", form);
            assertEquals(usual.id(), DECODER.decodePem(Bytes.ofUtf8(odd.substring(odd.indexOf("-----BEGIN")))).id(), form);
        }
        assertRefused(openssl(pem, "ec", "-pubout", "-param_enc", "explicit"), "spells out its curve's parameters");
    }

    @Test
    void anRsaKeyWithoutTheNullOrWithoutPssParametersIsOneKey() throws Exception {
        PublicKey usual = rsa();
        Bytes key = bits(rsaPublicKey(usual));
        assertEquals(usual.id(), DECODER.decodeDer(spki(RSA, key)).id());
        assertEquals(usual.id(), DECODER.decodeDer(spki(PSS, key)).id());
        assertEquals(usual.id(), DECODER.decodeDer(spki(RSA + "0500", key)).id());
        assertRefused(spki(PSS + "3000", key), "parameters that narrow its use");
        assertRefused(spki(PSS + "0500", key), "parameters that narrow its use");
        assertRefused(spki(RSA + "3000", key), "parameters that narrow its use");
    }

    @ParameterizedTest
    @CsvSource({"secp256k1,1.3.132.0.10", "brainpoolP256r1,1.3.36.3.3.2.8.1.1.7", "P-224,1.3.132.0.33"})
    void otherCurvesAreRefusedByName(String curve, String oid) throws Exception {
        String pem = openssl("", "genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + curve);
        assertRefused(openssl(pem, "pkey", "-pubout"), "its curve " + oid + " is not");
    }

    @ParameterizedTest
    @CsvSource({"ED448,1.3.101.113", "X25519,1.3.101.110"})
    void otherAlgorithmsAreRefusedByName(String algorithm, String oid) throws Exception {
        assertRefused(openssl(openssl("", "genpkey", "-quiet", "-algorithm", algorithm), "pkey", "-pubout"), "its algorithm " + oid + " is none");
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 4104})
    void rsaOfOtherSizesIsRefused(int bits) throws Exception {
        String pem = openssl("", "genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:" + bits);
        assertRefused(openssl(pem, "pkey", "-pubout"), "2048 to 4096 bits, not " + bits);
    }

    @Test
    void anRsaExponentThatIsOneOrEvenOrLongOrNegativeIsRefused() {
        Bytes key = rsaPublicKey(rsa());
        Bytes modulus = key.slice(4, key.size() - 5);
        for (String exponent : List.of("020101", "020102", "0202" + "0100", "0206" + "010000000001", "0201ff", "020100")) {
            assertRefused(spki(RSA + "0500", bits(sequence(modulus.concat(Bytes.fromHex(exponent))))), "exponent");
        }
        assertRefused(spki(RSA + "0500", bits(sequence(modulus.concat(Bytes.fromHex("0203010001020100"))))), "damaged");
        assertRefused(spki(RSA + "0500", bits(sequence(modulus.concat(Bytes.fromHex("020400010001"))))), "shortest form");
        assertRefused(spki(RSA + "0500", bits(key.concat(Bytes.fromHex("00")))), "damaged");
    }

    @Test
    void aPointThatIsNotOnItsCurveIsRefused() {
        Bytes point = point();
        byte[] changed = point.toByteArray();
        changed[64] ^= 1;
        assertRefusedPoint(Bytes.copyOf(changed));
        assertRefusedPoint(Bytes.fromHex("00"));
        assertRefusedPoint(Bytes.empty());
        assertRefusedPoint(point.slice(0, 64));
        assertRefusedPoint(point.concat(Bytes.fromHex("00")));
        assertRefusedPoint(Bytes.fromHex("05").concat(point.slice(1, 65)));
        boolean odd = (point.at(64) & 1) == 1;
        assertRefusedPoint(Bytes.fromHex(odd ? "06" : "07").concat(point.slice(1, 65)));
        // On P-256 there is no y for x = 1 (Euler's criterion).
        assertRefusedPoint(Bytes.fromHex("02" + "00".repeat(31) + "01"));
        // x and y beyond the prime name no point, although they would after reduction.
        Bytes prime = Bytes.fromHex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        assertRefusedPoint(Bytes.fromHex("02").concat(prime));
        assertRefusedPoint(Bytes.fromHex("04").concat(prime).concat(point.slice(33, 65)));
    }

    @Test
    void anEcKeyWithoutACurveIsRefused() {
        assertRefused(spki(EC, bits(point())), "names no curve");
        assertRefused(spki(EC + "0500", bits(point())), "damaged");
    }

    @ParameterizedTest
    @CsvSource({
        "0100000000000000000000000000000000000000000000000000000000000000,the neutral point",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f,order 2",
        "0000000000000000000000000000000000000000000000000000000000000000,order 4",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05,order 8",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa,order 8 with the other sign",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f,the neutral point not reduced",
        "0200000000000000000000000000000000000000000000000000000000000000,not on the curve"})
    void anEd25519PointThatAnybodyCanSignForIsRefused(String point, String what) {
        assertRefused(spki(ED25519, bits(Bytes.fromHex(point))), "small order");
    }

    @Test
    void edAndMlDsaKeysHaveNoParametersAndTheirLength() {
        Bytes point = Bytes.fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertRefused(spki(ED25519 + "0500", bits(point)), "no parameters");
        assertRefused(spki(ED25519, bits(point.slice(0, 31))), "32 bytes, not 31");
        assertRefused(spki(ML_DSA_44 + "0500", bits(Bytes.copyOf(new byte[1312]))), "no parameters");
        assertRefused(spki(ML_DSA_44, bits(Bytes.copyOf(new byte[1311]))), "1312 bytes, not 1311");
    }

    @Test
    void whatIsNotExactlyOneBlockIsRefused() throws Exception {
        String pem = keys().getFirst().pem();
        assertRefused("", "no PEM block");
        assertRefused("garbage", "no PEM block");
        assertRefused(pem + pem, "not exactly one");
        assertRefused(pem + "x", "not exactly one");
        assertRefused("x" + pem, "PUBLIC KEY");
        assertRefused(pem.replace("MF", "M!"), "not base64");
        assertRefused(openssl("", "genpkey", "-quiet", "-algorithm", "ED25519"), "a block PRIVATE KEY");
        PublicKeyException binary = assertThrowsExactly(PublicKeyException.class, () -> DECODER.decodePem(Bytes.fromHex("ff")));
        assertEquals(ErrorCode.PUBLIC_KEY_MALFORMED, binary.problem().code());
        assertRefused("x".repeat(PublicKeyDecoder.MAX_LENGTH + 1), "longer than 65536");
        assertRefused(Bytes.copyOf(new byte[PublicKeyDecoder.MAX_LENGTH + 1]), "longer than 65536");
    }

    /// Every cut and many changes of one byte: a key, or a refusal with the code; and a key that is read has the one form.
    @Test
    void damagedEncodingsAreRefusedOrAreAnotherSoundKey() {
        Random random = new Random(20261121);
        for (PublicKey key : keys()) {
            Bytes spki = key.subjectPublicKeyInfo();
            for (int i = 0; i < 400; i++) {
                byte[] changed = spki.toByteArray();
                changed[i < changed.length ? i : random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
                readOrRefused(Bytes.copyOf(changed));
                int cut = random.nextInt(spki.size());
                assertRefused(spki.slice(0, cut), "");
            }
            assertRefused(spki.concat(Bytes.fromHex("00")), "bytes after it");
        }
    }

    private static void readOrRefused(Bytes spki) {
        PublicKey read;
        try {
            read = DECODER.decodeDer(spki);
        } catch (PublicKeyException e) {
            assertEquals(ErrorCode.PUBLIC_KEY_MALFORMED, e.problem().code());
            return;
        }
        try {
            assertEquals(read, DECODER.decodeDer(read.subjectPublicKeyInfo()));
        } catch (PublicKeyException e) {
            throw new AssertionError(spki.toHex(), e);
        }
    }

    private static List<PublicKey> keys() {
        return SignatureVectors.all().stream().filter(SignatureVectors.Vector::valid).map(SignatureVectors.Vector::key).distinct().toList();
    }

    private static PublicKey rsa() {
        return keys().stream().filter(key -> key.description().equals("RSA 2048")).findFirst().orElseThrow();
    }

    /// The RSAPublicKey inside: 22 bytes of headers and algorithm stand before the unused-bits byte of the BIT STRING, 24 in all.
    private static Bytes rsaPublicKey(PublicKey key) {
        Bytes spki = key.subjectPublicKeyInfo();
        return spki.slice(24, spki.size());
    }

    private static Bytes point() {
        Bytes spki = keys().getFirst().subjectPublicKeyInfo();
        return spki.slice(spki.size() - 65, spki.size());
    }

    private static Bytes spki(String algorithm, Bytes bits) {
        return sequence(sequence(Bytes.fromHex(algorithm)).concat(bits));
    }

    private static Bytes bits(Bytes content) {
        return tagged(3, Bytes.fromHex("00").concat(content));
    }

    private static Bytes sequence(Bytes content) {
        return tagged(0x30, content);
    }

    private static Bytes tagged(int tag, Bytes content) {
        int n = content.size();
        byte[] header = n < 0x80 ? new byte[] {(byte) tag, (byte) n}
                : n < 0x100 ? new byte[] {(byte) tag, (byte) 0x81, (byte) n}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (n >> 8), (byte) n};
        return Bytes.copyOf(header).concat(content);
    }

    private static void assertRefusedPoint(Bytes point) {
        assertRefused(spki(EC + P256, bits(point)), "not one on P-256");
    }

    private static void assertRefused(Bytes spki, String why) {
        assertWhy(why, assertThrowsExactly(PublicKeyException.class, () -> DECODER.decodeDer(spki), spki::toHex));
    }

    private static void assertRefused(String text, String why) {
        String pem = text.contains("-----BEGIN PUBLIC") && text.startsWith("read") ? text.substring(text.indexOf("-----BEGIN")) : text;
        assertWhy(why, assertThrowsExactly(PublicKeyException.class, () -> DECODER.decodePem(Bytes.ofUtf8(pem))));
    }

    private static void assertWhy(String why, PublicKeyException refusal) {
        assertEquals(ErrorCode.PUBLIC_KEY_MALFORMED, refusal.problem().code());
        assertTrue(refusal.problem().why().contains(why), refusal.problem().why());
    }

    private static String openssl(String input, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> String.join(" ", command));
        return output;
    }
}
