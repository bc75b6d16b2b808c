package dev.chancery.adapters.crypto.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationFacts;
import dev.chancery.domain.certificate.RevocationReason;
import dev.chancery.domain.certificate.RevocationStatement;
import dev.chancery.domain.certificate.RevocationStatement.Status;
import dev.chancery.ports.certificate.RevocationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists and responses that OpenSSL's CA and responder write are read as they are meant, and OpenSSL reads the requests.
class OpensslRevocationTest {
    private static final String CONFIGURATION = """
            [ca]
            default_ca = own
            [own]
            database = index.txt
            crlnumber = crlnumber
            default_md = sha256
            default_crl_days = 7
            [req]
            distinguished_name = dn
            prompt = no
            [dn]
            CN = x
            [root]
            basicConstraints = critical,CA:TRUE
            keyUsage = critical,keyCertSign,cRLSign
            subjectKeyIdentifier = hash
            [signer]
            keyUsage = critical,digitalSignature
            extendedKeyUsage = codeSigning
            crlDistributionPoints = URI:http://ca.test/own.crl
            authorityInfoAccess = OCSP;URI:http://ca.test/ocsp
            [responder]
            keyUsage = critical,digitalSignature
            extendedKeyUsage = OCSPSigning
            noCheck = ignored
            [v2]
            authorityKeyIdentifier = keyid
            [scoped]
            issuingDistributionPoint = critical,@point
            [point]
            fullname = URI:http://ca.test/own.crl
            onlyuser = TRUE
            """;

    private final X509RevocationReader reader = new X509RevocationReader(new CertificateSignatures(Optional.empty()));

    @TempDir
    Path folder;

    @BeforeEach
    void authority() throws Exception {
        Files.writeString(folder.resolve("ca.cnf"), CONFIGURATION);
        Files.writeString(folder.resolve("crlnumber"), "01\n");
        Files.writeString(folder.resolve("index.txt"), "");
        openssl("req", "-x509", "-config", "ca.cnf", "-extensions", "root", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key",
                "-out", "ca.pem", "-days", "30", "-subj", "/CN=own root");
        certify("signer", "1234");
        certify("responder", "77");
    }

    private void certify(String who, String serialNumber) throws Exception {
        openssl("req", "-new", "-config", "ca.cnf", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", who + ".key", "-out", who + ".csr",
                "-subj", "/CN=" + who);
        openssl("x509", "-req", "-in", who + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "0x" + serialNumber, "-days", "10", "-extfile", "ca.cnf",
                "-extensions", who, "-out", who + ".pem");
        Files.writeString(folder.resolve("index.txt"), Files.readString(folder.resolve("index.txt")) + "V\t301231235959Z\t\t" + serialNumber + "\tunknown\t/CN=" + who + "\n");
    }

    private void revoke(String reason) throws Exception {
        openssl("ca", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-revoke", "signer.pem", "-crl_reason", reason);
    }

    private Bytes list(String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("ca", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-gencrl", "-out", "list.pem"));
        words.addAll(List.of(more));
        openssl(words.toArray(String[]::new));
        openssl("crl", "-in", "list.pem", "-outform", "DER", "-out", "list.der");
        return read("list.der");
    }

    private Bytes response(String signer, String... more) throws Exception {
        RevocationFacts facts = reader.facts(der("signer"), der("ca"));
        Files.write(folder.resolve("request.der"), facts.request().toByteArray());
        List<String> words = new ArrayList<>(List.of("ocsp", "-index", "index.txt", "-CA", "ca.pem", "-rsigner", signer + ".pem", "-rkey", signer + ".key",
                "-reqin", "request.der", "-respout", "response.der", "-ndays", "1"));
        words.addAll(List.of(more));
        openssl(words.toArray(String[]::new));
        return read("response.der");
    }

    private Bytes der(String who) throws Exception {
        openssl("x509", "-in", who + ".pem", "-outform", "DER", "-out", who + ".der");
        return read(who + ".der");
    }

    private Bytes read(String file) throws IOException {
        return Bytes.copyOf(Files.readAllBytes(folder.resolve(file)));
    }

    private void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("out.txt").toFile()).start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> command + output());
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("out.txt"));
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aCertificateSaysWhereItsRevocationIsMadeKnown() throws Exception {
        RevocationFacts facts = reader.facts(der("signer"), der("ca"));
        assertEquals(List.of("http://ca.test/own.crl"), facts.lists());
        assertEquals(List.of("http://ca.test/ocsp"), facts.responders());
        assertEquals("certificate 1234 of CN=signer", facts.name());
    }

    /// The first is of version 1, as OpenSSL writes lists that nobody has configured otherwise.
    @Test
    void itsListsAreRead() throws Exception {
        for (Bytes list : List.of(list(), list("-crlexts", "v2"), list("-crlexts", "scoped"))) {
            RevocationStatement statement = reader.ofList(list, der("signer"), der("ca"));
            assertEquals(new Status.Good(), statement.status());
            assertEquals(statement.thisUpdate().plusSeconds(7 * 86400), statement.nextUpdateOrNull());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyCompromise", "superseded", "cessationOfOperation", "affiliationChanged", "unspecified"})
    void itsReasonsAreRead(String reason) throws Exception {
        Instant before = Files.getLastModifiedTime(folder.resolve("responder.pem")).toInstant();
        revoke(reason);
        Status.Revoked fromList = assertInstanceOf(Status.Revoked.class, reader.ofList(list("-crlexts", "v2"), der("signer"), der("ca")).status());
        assertEquals(reason, fromList.reason().label());
        assertTrue(!fromList.time().isBefore(before.minusSeconds(1)) && fromList.time().isBefore(before.plusSeconds(60)));
        Status.Revoked fromResponse = assertInstanceOf(Status.Revoked.class, reader.ofResponse(response("responder"), der("signer"), der("ca")).status());
        assertEquals(fromList, fromResponse);
    }

    @Test
    void itsInvalidityDatesAreRead() throws Exception {
        openssl("ca", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-revoke", "signer.pem", "-crl_compromise", "20261101120000Z");
        Status.Revoked revoked = assertInstanceOf(Status.Revoked.class, reader.ofList(list("-crlexts", "v2"), der("signer"), der("ca")).status());
        assertEquals(RevocationReason.KEY_COMPROMISE, revoked.reason());
        assertEquals(Optional.of(Instant.parse("2026-11-01T12:00:00Z")), revoked.goodUntil());
    }

    @Test
    void itsResponsesAreReadWhoeverOfTheTwoHasSigned() throws Exception {
        assertEquals(new Status.Good(), reader.ofResponse(response("ca"), der("signer"), der("ca")).status());
        assertEquals(new Status.Good(), reader.ofResponse(response("responder"), der("signer"), der("ca")).status());
        assertEquals(new Status.Good(), reader.ofResponse(response("responder", "-resp_key_id"), der("signer"), der("ca")).status());
    }

    @Test
    void whatItDoesNotKnowIsUnknown() throws Exception {
        Files.writeString(folder.resolve("index.txt"), "");
        assertEquals(new Status.Unknown(), reader.ofResponse(response("responder"), der("signer"), der("ca")).status());
    }

    @Test
    void aSignerIsNoResponder() throws Exception {
        Bytes response = response("signer");
        Bytes signer = der("signer");
        Bytes issuer = der("ca");
        RevocationException refused = assertThrows(RevocationException.class, () -> reader.ofResponse(response, signer, issuer));
        assertEquals(RevocationException.Reason.UNTRUSTED, refused.reason());
    }
}
