package dev.chancery.adapters.crypto.csr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.JdkSignatureVerifier;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.CertificationRequestInfo;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningPurpose;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.crypto.CertificateRequestException;
import dev.chancery.ports.crypto.CertificateRequests.Names;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.MemoryKeyBackend;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Pkcs10RequestsTest {
    private static final Pkcs10Requests REQUESTS = new Pkcs10Requests();
    private static final Names NAMES = new Names("CN=Freigabe Ä,O=Example\\, Inc.,C=DE", List.of("release@example.com"),
            List.of("xn--bcher-kva.example"), List.of("https://example.com/release"));

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "P_521", "RSA_2048", "ED25519"})
    void opensslVerifiesTheRequestAndReadsItsNames(KeySpec spec) throws Exception {
        String pem = request(spec);
        String text = openssl(pem, "req", "-verify", "-noout", "-text", "-nameopt", "RFC2253,utf8,-esc_msb");
        assertTrue(text.contains("Certificate request self-signature verify OK"), text);
        assertTrue(text.contains("Subject: CN=Freigabe Ä,O=Example\\, Inc.,C=DE"), text);
        assertTrue(text.contains("email:release@example.com, DNS:xn--bcher-kva.example, URI:https://example.com/release"), text);
        assertTrue(text.contains("X509v3 Key Usage: critical") && text.contains("Digital Signature") && text.contains("Code Signing"), text);
    }

    @ParameterizedTest
    @EnumSource(names = {"ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
    void bouncyCastleReadsWhatOpensslCannotYet(KeySpec spec) throws Exception {
        CertificationRequest read = CertificationRequest.getInstance(java.util.Base64.getMimeDecoder().decode(
                request(spec).replaceAll("-----[A-Z ]+-----", "")));
        assertEquals(read.getCertificationRequestInfo().getSubjectPublicKeyInfo().getAlgorithm(), read.getSignatureAlgorithm());
        assertEquals("CN=Freigabe Ä,O=Example\\, Inc.,C=DE", reversed(read.getCertificationRequestInfo().getSubject().toString()));
    }

    /// BouncyCastle shows a name in the order of its encoding.
    private static String reversed(String name) {
        List<String> parts = List.of(name.split("(?<!\\\\),", -1));
        return String.join(",", parts.reversed());
    }

    @Test
    void theIdentifierOfPssIsOpensslsOwn() throws Exception {
        String pem = openssl(openssl("", "genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"), "req", "-new", "-key",
                "/dev/stdin", "-subj", "/CN=x", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32");
        Bytes der = Bytes.copyOf(java.util.Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
        assertEquals(Bytes.copyOf(CertificationRequest.getInstance(der.toByteArray()).getSignatureAlgorithm().getEncoded()),
                SignatureIdentifiers.of(SignatureAlgorithm.RSA_PSS_SHA_256));
    }

    @Test
    void aRequestIsForItsPurposeAndNeverADsseEncoding() throws Exception {
        PublicKey key = MemoryKeyBackend.unprotected().add("p256", KeySpec.P_256);
        CertificationRequestInfo info = REQUESTS.info(Names.of("CN=x"), key);
        assertEquals(SigningPurpose.CERTIFICATE_REQUEST, new SigningRequest.OfCertificateRequest(SignatureAlgorithm.ECDSA_P256_SHA_256, info).purpose());
        assertFalse(info.der().startsWith(Bytes.ofUtf8("DSSEv1 ")));
        for (String bad : List.of("DSSEv1 1 a 1 b", "", "0", "hello")) {
            assertThrows(IllegalArgumentException.class, () -> new CertificationRequestInfo(Bytes.ofUtf8(bad)));
        }
        assertThrows(IllegalArgumentException.class, () -> new CertificationRequestInfo(info.der().concat(Bytes.fromHex("00"))));
        assertThrows(IllegalArgumentException.class, () -> new CertificationRequestInfo(info.der().slice(0, info.der().size() - 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "release", "CN", "CN=a,=b", "CN=\"x"})
    void aSubjectThatIsNoDistinguishedNameIsRefused(String subject) {
        assertRefused(Names.of(subject));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bücher.example", "a b", "a\nb"})
    void anAlternativeNameThatIsNotAsciiIsRefused(String name) {
        assertRefused(new Names("CN=x", List.of(), List.of(name), List.of()));
    }

    @Test
    void ed25519phHasNoNameInCertificates() throws Exception {
        CertificationRequestInfo info = REQUESTS.info(Names.of("CN=x"), MemoryKeyBackend.unprotected().add("ed", KeySpec.ED25519));
        assertThrows(CertificateRequestException.class,
                () -> REQUESTS.pem(info, new Signature(SignatureAlgorithm.ED25519_PH, Bytes.copyOf(new byte[64]))));
    }

    private static void assertRefused(Names names) {
        PublicKey key = MemoryKeyBackend.unprotected().add("p256", KeySpec.P_256);
        CertificateRequestException refusal = assertThrows(CertificateRequestException.class, () -> REQUESTS.info(names, key));
        assertEquals(ErrorCode.CERTIFICATE_REQUEST_INVALID, refusal.problem().code());
    }

    private static String request(KeySpec spec) throws Exception {
        MemoryKeyBackend backend = MemoryKeyBackend.unprotected();
        PublicKey publicKey = backend.add("key", spec);
        try (SigningKey key = backend.open(KeyRef.parse("memory:key"), new KeyAccess(FixedPinEntry.none(), KeyAccess.DEFAULT_DEADLINE, false))) {
            SigningRequest request = new SigningRequest.OfCertificateRequest(SignatureAlgorithm.forKey(publicKey).getFirst(), REQUESTS.info(NAMES, publicKey));
            Signature signature = key.sign(request, KeyAccess.DEFAULT_DEADLINE);
            assertTrue(new JdkSignatureVerifier().verifies(publicKey, request.input(), signature));
            return REQUESTS.pem(((SigningRequest.OfCertificateRequest) request).info(), signature).utf8().orElseThrow();
        }
    }

    private static String openssl(String input, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> String.join(" ", command) + output);
        return output;
    }
}
