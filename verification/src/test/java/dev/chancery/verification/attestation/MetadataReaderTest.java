package dev.chancery.verification.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.x509.SecurityKeyCertificates;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.webauthn.AuthenticatorMetadata;
import dev.chancery.testkit.forge.ForgedAuthority;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// FIDO metadata, in the shapes of the Metadata Statement v3 and the Metadata Service v3.
class MetadataReaderTest {
    private static final ForgedAuthority ROOT = ForgedAuthority.root("CN=Forged metadata", ForgedAuthority.Shape.SOUND);
    private static final String STATEMENT = "{\"legalHeader\":\"x\",\"aaguid\":\"" + ForgedRegistration.MODEL + "\",\"description\":\"A forged key\",\"schema\":3,"
            + "\"attestationRootCertificates\":[\"" + ForgedRegistration.ROOT.der().toBase64() + "\"]}";
    private static final String ENTRY = "{\"aaguid\":\"" + ForgedRegistration.MODEL + "\",\"metadataStatement\":" + STATEMENT
            + ",\"statusReports\":[{\"status\":\"FIDO_CERTIFIED\",\"effectiveDate\":\"2020-01-01\"},{\"status\":\"FIDO_CERTIFIED_L1\"},"
            + "{\"status\":\"USER_KEY_PHYSICAL_COMPROMISE\"}],\"timeOfLastStatusChange\":\"2021-01-01\"}";
    private static final String ENTRIES = "{\"no\":7,\"nextUpdate\":\"2027-01-01\",\"entries\":[{\"aaid\":\"4e4e#4005\",\"statusReports\":[]}," + ENTRY + "]}";

    private static AuthenticatorMetadata find(String file, List<Bytes> roots) throws AttestationException {
        SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
        return new MetadataReader(SignatureVerifiers.forOne().verifier(), new SecurityKeyCertificates(keys)).find(Bytes.ofUtf8(file), roots, ForgedRegistration.MODEL);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String signed(String payload) throws Exception {
        String header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"x5c\":[\"" + ROOT.der().toBase64() + "\"]}";
        String content = encoded(header.getBytes(StandardCharsets.UTF_8)) + "." + encoded(payload.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format"); // as JOSE has it (RFC 7518 §3.4)
        signature.initSign(ROOT.key().pair().getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + encoded(signature.sign());
    }

    private static ErrorCode refused(String file, List<Bytes> roots) {
        return assertThrows(AttestationException.class, () -> find(file, roots)).problem().code();
    }

    @Test
    void aStatementHasRootsAndNoCertification() throws Exception {
        AuthenticatorMetadata found = find(STATEMENT, List.of());
        assertEquals("A forged key", found.description());
        assertEquals(List.of(ForgedRegistration.ROOT.der()), found.attestationRoots());
        assertEquals(Optional.empty(), found.certification());
    }

    @Test
    void anEntryHasTheNewestCertificationAndWhatToBeWaryOf() throws Exception {
        for (String file : List.of(ENTRY, ENTRIES)) {
            AuthenticatorMetadata found = find(file, List.of());
            assertEquals(Optional.of("FIDO_CERTIFIED_L1"), found.certification());
            assertEquals(List.of("USER_KEY_PHYSICAL_COMPROMISE"), found.alarms());
        }
    }

    @Test
    void aSignedFileIsBelievedUnderItsRootOnly() throws Exception {
        String file = signed(ENTRIES);
        assertEquals(Optional.of("FIDO_CERTIFIED_L1"), find(file, List.of(ROOT.der())).certification());
        assertEquals(ErrorCode.METADATA_INVALID, refused(file, List.of()));
        assertEquals(ErrorCode.METADATA_INVALID, refused(file, List.of(ForgedAuthority.root("CN=Forged metadata", ForgedAuthority.Shape.SOUND).der())));
        String changed = file.substring(0, file.indexOf('.') + 1) + encoded(ENTRIES.replace("_L1", "_L3").getBytes(StandardCharsets.UTF_8)) + file.substring(file.lastIndexOf('.'));
        assertEquals(ErrorCode.METADATA_INVALID, refused(changed, List.of(ROOT.der())));
        assertEquals(ErrorCode.METADATA_INVALID, refused(file.substring(0, file.lastIndexOf('.')), List.of(ROOT.der())));
        assertEquals(ErrorCode.METADATA_INVALID, refused(file.substring(0, file.length() - 4), List.of(ROOT.der())));
    }

    @Test
    void whatSaysNothingOfTheModelIsRefused() {
        for (String file : List.of("{}", "[]", "{\"entries\":[]}", "{\"entries\":[3]}", ENTRY.replace("0405", "0406"), ENTRY.replace("\"A forged key\"", "7"))) {
            assertEquals(ErrorCode.METADATA_INVALID, refused(file, List.of()), file);
        }
    }
}
