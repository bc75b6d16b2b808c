package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done with keys in a token besides signing.
class TokenKeysTest {
    @TempDir
    Path folder = Path.of("unset");

    private TestToken token = new TestToken(new Program(folder), folder);
    private Program program = new Program(folder);

    @BeforeEach
    void token() throws Exception {
        token = TestToken.in(folder);
        program = token.program();
    }

    @Test
    void theEvidenceOfAKeyMadeInTheTokenClaimsThatItNeverLeft() throws Exception {
        String id = token.make("signing", "p256");
        Run shown = program.chancery("key", "evidence", token.key("signing"), "--output", "json");
        shown.succeeded();
        assertTrue(shown.out().contains("\"local\":\"yes\",\"alwaysSensitive\":\"yes\",\"neverExtractable\":\"yes\",\"neverLeft\":true"), shown::out);
        assertTrue(shown.out().contains("\"model\":\"SoftHSM v2\"") && shown.out().contains(id), shown::out);
        assertTrue(program.chancery("key", "evidence", token.key("signing")).out().contains("has never been anywhere else"));
    }

    @Test
    void theEvidenceOfAnImportedKeyClaimsNothing() throws Exception {
        token.openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "imported.pem");
        program.run(List.of("softhsm2-util", "--import", "imported.pem", "--token", "release", "--label", "imported", "--id", "b1",
                "--pin", TestToken.PIN)).succeeded();
        Run shown = program.chancery("key", "evidence", token.key("imported"));
        shown.succeeded();
        assertTrue(shown.out().contains("(CKA_LOCAL)                      no") && shown.out().contains("does not claim"), shown::out);
    }

    @Test
    void aKeyFileHasNoEvidence() throws Exception {
        program.chancery("key", "generate", "a.key").succeeded();
        program.chancery("key", "evidence", "a.key").failed(2, "CHY-U007");
    }

    @Test
    void aKeyIsDestroyedOnlyWithItsFullIdAndAConfirmationAndBothStepsAreWrittenDown() throws Exception {
        String id = token.make("old", "p256");
        String other = token.make("kept", "p256");
        program.chancery("key", "destroy", token.key("old"), "--yes").failed(2, "CHY-U001");
        program.chancery("key", "destroy", token.key("old"), "--key-id", id.substring(0, 12), "--yes").failed(2, "CHY-U001");
        program.chancery("key", "destroy", token.key("old"), "--key-id", id).failed(2, "CHY-U001");
        program.chancery("key", "destroy", token.key("old"), "--key-id", other, "--yes").failed(4, "CHY-K011");
        program.chancery("key", "show", token.key("old")).succeeded();
        assertFalse(program.chancery("audit", "show").out().contains("destroyed"));
        program.chancery("key", "destroy", token.key("old"), "--key-id", id, "--yes").succeeded();
        program.chancery("key", "show", token.key("old")).failed(4, "CHY-K007");
        program.chancery("key", "show", token.key("kept")).succeeded();
        Run audit = program.chancery("audit", "show");
        assertTrue(audit.out().contains(" is about to destroy " + id) && audit.out().contains(" destroyed " + id), audit::out);
        assertEquals(0, program.chancery("audit", "verify").status());
    }

    @Test
    void withoutAnAuditLogNoKeyIsDestroyed() throws Exception {
        String id = token.make("old", "p256");
        Files.delete(folder.resolve("audit.log"));
        Files.createDirectory(folder.resolve("audit.log"));
        program.chancery("key", "destroy", token.key("old"), "--key-id", id, "--yes").failed(6, "CHY-A001");
        program.chancery("key", "show", token.key("old")).succeeded();
    }

    @Test
    void anAuthorityReadsTheRequestAndItsCertificateGoesIntoTheBundle() throws Exception {
        for (String type : List.of("p256", "rsa3072", "ed25519")) {
            String id = token.make(type, type);
            program.chancery("key", "csr", token.key(type), "--subject", "CN=Release signing,O=Example", "--email", "release@example.com",
                    "-o", type + ".csr").succeeded();
            assertTrue(token.openssl("req", "-in", type + ".csr", "-verify", "-noout", "-text").contains("Code Signing"));
            issue(type);
            Run signed = program.chancery("sign", "pin", "--key", token.key(type), "--certificate", type + ".crt", "--bundle", type + ".json");
            signed.succeeded();
            assertTrue(signed.out().contains(id), signed::out);
            Run inspected = program.chancery("bundle", "inspect", type + ".json");
            assertTrue(inspected.out().contains("release@example.com"), inspected::out);
            assertTrue(program.chancery("audit", "show").out().contains("signed (certificate-request, "), "the request is in the audit log");
        }
    }

    @Test
    void aCertificateOfAnotherKeyOrAnotherTimeOrWithoutItsIssuerIsRefused() throws Exception {
        token.make("signing", "p256");
        token.make("other", "p256");
        for (String label : List.of("signing", "other")) {
            program.chancery("key", "csr", token.key(label), "--subject", "CN=" + label, "-o", label + ".csr").succeeded();
        }
        issue("signing");
        Files.copy(folder.resolve("authority.crt"), folder.resolve("its-authority.crt"));
        Files.copy(folder.resolve("signing.crt"), folder.resolve("right.crt"));
        issue("other"); // by another authority of the same name
        signsNot("other.crt", "CHY-K031");
        concat("strange.crt", "right.crt", "authority.crt");
        signsNot("strange.crt", "CHY-K032");
        signsNot("beside-key", "CHY-K032");
        concat("whole.crt", "right.crt", "its-authority.crt");
        program.chancery("sign", "pin", "--key", token.key("signing"), "--certificate", "whole.crt", "--bundle", "whole.json").succeeded();
        Files.writeString(folder.resolve("ca.conf"), """
                [ca]
                default_ca = a
                [a]
                database = index
                serial = serial
                new_certs_dir = .
                default_md = sha256
                policy = any
                copy_extensions = copy
                [any]
                commonName = optional
                """);
        Files.createFile(folder.resolve("index"));
        Files.writeString(folder.resolve("serial"), "01\n");
        token.openssl("ca", "-batch", "-config", "ca.conf", "-in", "signing.csr", "-out", "signing.crt", "-cert", "authority.crt", "-keyfile", "authority.key",
                "-notext", "-startdate", "20200101000000Z", "-enddate", "20200102000000Z", "-preserveDN");
        signsNot("signing.crt", "CHY-K033");
        assertFalse(Files.exists(folder.resolve("m.json")));
    }

    @Test
    void theCertificateBesideTheKeyIsTakenFromTheToken() throws Exception {
        token.make("signing", "p256");
        program.chancery("key", "csr", token.key("signing"), "--subject", "CN=Release", "--dns", "build.example.com", "-o", "signing.csr").succeeded();
        issue("signing");
        token.openssl("x509", "-in", "signing.crt", "-outform", "DER", "-out", "signing.crt.der");
        Run shown = program.chancery("key", "show", token.key("signing"), "--output", "json");
        String id = shown.out().replaceFirst("(?s).*\"id\":\"([0-9a-f]+)\".*", "$1");
        token.tool("--write-object", "signing.crt.der", "--type", "cert", "--id", id, "--label", "signing");
        program.chancery("sign", "pin", "--key", token.key("signing"), "--certificate", "beside-key", "--bundle", "m.json").succeeded();
        assertTrue(program.chancery("bundle", "inspect", "m.json").out().contains("build.example.com"));
        Run evidence = program.chancery("key", "evidence", token.key("signing"));
        assertTrue(evidence.out().contains("certificate: for CN=Release, by CN=Authority"), evidence::out);
    }

    private void signsNot(String certificate, String code) throws Exception {
        program.chancery("sign", "pin", "--key", token.key("signing"), "--certificate", certificate, "--bundle", "m.json").failed(4, code);
    }

    private void concat(String to, String... from) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String each : from) {
            all.append(Files.readString(folder.resolve(each)));
        }
        Files.writeString(folder.resolve(to), all);
    }

    /// An authority of OpenSSL's issues what was asked for.
    private void issue(String name) throws Exception {
        token.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "authority.key", "-out", "authority.crt",
                "-subj", "/CN=Authority", "-days", "3", "-addext", "keyUsage=critical,keyCertSign");
        token.openssl("x509", "-req", "-in", name + ".csr", "-CA", "authority.crt", "-CAkey", "authority.key", "-copy_extensions", "copy", "-days", "2",
                "-set_serial", "7", "-out", name + ".crt");
    }
}
