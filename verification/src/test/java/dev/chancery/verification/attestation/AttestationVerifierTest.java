package dev.chancery.verification.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.webauthn.Enrolment;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.webauthn.Registration;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.verification.Engines;
import dev.chancery.verification.Webauthn4j;
import dev.chancery.verification.attestation.Attestation.Kind;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Registrations: one that the lab's security key made, and forged ones, which webauthn4j judges too.
class AttestationVerifierTest {
    private static final RelyingParty EXAMPLE = new RelyingParty("sign.example.com", List.of("https://sign.example.com"), true, false);
    private static final List<Bytes> ROOTS = List.of(ForgedRegistration.ROOT.der());
    private static final Bytes CHALLENGE = Bytes.fromHex("00".repeat(16));

    /// Makes an attestation object of a registration.
    @FunctionalInterface
    private interface Maker {
        Bytes make(ForgedRegistration registration) throws Exception;
    }

    private static Attestation verify(Bytes object, Bytes clientData) throws Exception {
        return Engines.attestations().verify(Registration.read(object), clientData, EXAMPLE, ROOTS);
    }

    private static void accepted(Kind kind, Maker maker, Consumer<ForgedRegistration> change) throws Exception {
        ForgedRegistration registration = new ForgedRegistration();
        change.accept(registration);
        Bytes object = maker.make(registration);
        Attestation attestation = verify(object, registration.clientDataJson());
        assertEquals(kind, attestation.kind());
        assertEquals(registration.key.spki(), attestation.key().subjectPublicKeyInfo());
        assertEquals(kind == Kind.BASIC, attestation.isAnchored());
        if (kind != Kind.NOT_VERIFIED) {
            assertTrue(Webauthn4j.acceptsRegistration(object, registration.clientDataJson(), CHALLENGE, EXAMPLE, ROOTS), "webauthn4j refuses it");
        }
    }

    /// @param others whether webauthn4j refuses it too
    private static void refused(ErrorCode code, Maker maker, boolean others, Consumer<ForgedRegistration> change) throws Exception {
        ForgedRegistration registration = new ForgedRegistration();
        change.accept(registration);
        Bytes object = maker.make(registration);
        assertEquals(code, assertThrows(AttestationException.class, () -> verify(object, registration.clientDataJson())).problem().code());
        assertEquals(others, !Webauthn4j.acceptsRegistration(object, registration.clientDataJson(), CHALLENGE, EXAMPLE, ROOTS), "webauthn4j's verdict");
    }

    @Test
    void whatASecurityKeyReturnedIsVerifiedAndProvesNoModelByItself() throws Exception {
        try (InputStream in = Objects.requireNonNull(AttestationVerifierTest.class.getResourceAsStream("/webauthn/registration.json"))) {
            JsonFields fields = JsonFields.of(StrictJson.parse(Bytes.copyOf(in.readAllBytes()), 1 << 16), "");
            Bytes object = fields.bytes("attestationObject");
            Attestation attestation = verify(object, fields.bytes("clientDataJSON"));
            assertEquals(Kind.SELF, attestation.kind());
            assertEquals("packed", attestation.format());
            assertFalse(attestation.isAnchored());
        }
    }

    @Test
    void eachFormatProvesWhatItProves() throws Exception {
        accepted(Kind.SELF, ForgedRegistration::self, _ -> { });
        accepted(Kind.BASIC, ForgedRegistration::packed, _ -> { });
        accepted(Kind.BASIC, ForgedRegistration::packed, registration -> registration.certifiedAaguid = "");
        accepted(Kind.BASIC, registration -> registration.u2f(1), registration -> registration.aaguid = "00".repeat(16));
        accepted(Kind.NONE, registration -> registration.other("none", true), registration -> registration.aaguid = "00".repeat(16));
        accepted(Kind.NOT_VERIFIED, registration -> registration.other("tpm", false), _ -> { });
    }

    @Test
    void aStatementThatDoesNotVerifyIsRefused() throws Exception {
        refused(ErrorCode.ATTESTATION_INVALID, ForgedRegistration::self, true, registration -> registration.spoiled = true);
        refused(ErrorCode.ATTESTATION_INVALID, ForgedRegistration::packed, true, registration -> registration.spoiled = true);
        refused(ErrorCode.ATTESTATION_INVALID, registration -> registration.u2f(1), true, registration -> {
            registration.aaguid = "00".repeat(16);
            registration.spoiled = true;
        });
        refused(ErrorCode.ATTESTATION_INVALID, ForgedRegistration::self, true, registration -> registration.alg = -8);
        refused(ErrorCode.ATTESTATION_INVALID, registration -> registration.u2f(2), true, registration -> registration.aaguid = "00".repeat(16));
        refused(ErrorCode.ATTESTATION_INVALID, registration -> registration.u2f(1), true, _ -> { });
        refused(ErrorCode.ATTESTATION_INVALID, registration -> registration.other("none", false), true, registration -> registration.aaguid = "00".repeat(16));
    }

    /// WebAuthn L3 §8.2.1.
    @Test
    void theAttestationCertificateIsOneForAttestations() throws Exception {
        refused(ErrorCode.ATTESTATION_INVALID, ForgedRegistration::packed, true, registration -> registration.subject = "C=DE,O=Forge,OU=Another unit,CN=Forged key");
        refused(ErrorCode.ATTESTATION_INVALID, ForgedRegistration::packed, true, registration -> registration.subject = "O=Forge,OU=Authenticator Attestation,CN=Forged key");
        refused(ErrorCode.ATTESTATION_INVALID, ForgedRegistration::packed, true, registration -> registration.authority = true);
        refused(ErrorCode.ATTESTATION_INVALID, ForgedRegistration::packed, true, registration -> registration.certifiedAaguid = "ff".repeat(16));
    }

    @Test
    void anAttestationLeadsToARootThatWasGiven() throws Exception {
        ForgedRegistration registration = new ForgedRegistration();
        Bytes object = registration.packed();
        List<Bytes> strangers = List.of(ForgedAuthority.root("CN=Forged maker", ForgedAuthority.Shape.SOUND).der());
        assertEquals(ErrorCode.ATTESTATION_INVALID, assertThrows(AttestationException.class, () -> Engines.attestations().verify(Registration.read(object),
                registration.clientDataJson(), EXAMPLE, strangers)).problem().code());
        assertFalse(Webauthn4j.acceptsRegistration(object, registration.clientDataJson(), CHALLENGE, EXAMPLE, strangers));
        assertFalse(Engines.attestations().verify(Registration.read(object), registration.clientDataJson(), EXAMPLE, List.of()).isAnchored());
        List<Bytes> itself = Registration.read(object).certificates();
        assertTrue(Engines.attestations().verify(Registration.read(object), registration.clientDataJson(), EXAMPLE, itself).isAnchored(), "metadata may name the certificate itself");
    }

    @Test
    void whatTheRegistrationSaysIsWhatIsExpected() throws Exception {
        refused(ErrorCode.CLIENT_DATA_UNSOUND, ForgedRegistration::packed, true, registration -> registration.clientData = registration.clientData.replace("create", "get"));
        refused(ErrorCode.CLIENT_DATA_UNSOUND, ForgedRegistration::packed, true, registration -> registration.clientData = "{");
        refused(ErrorCode.ORIGIN_NOT_ALLOWED, ForgedRegistration::packed, true, registration -> registration.clientData = registration.clientData.replace("sign.", "evil."));
        refused(ErrorCode.RELYING_PARTY_DIFFERS, ForgedRegistration::packed, true, registration -> registration.rpId = "example.com");
        refused(ErrorCode.USER_NOT_PRESENT, ForgedRegistration::packed, true, registration -> registration.flags = 0x44);
        refused(ErrorCode.USER_NOT_VERIFIED, ForgedRegistration::packed, true, registration -> registration.flags = 0x41);
        refused(ErrorCode.AUTHENTICATOR_DATA_UNSOUND, ForgedRegistration::packed, true, registration -> registration.flags = 0x55);
        refused(ErrorCode.CREDENTIAL_SYNCED, ForgedRegistration::packed, false, registration -> registration.flags = 0x4d); // webauthn4j knows no demand for hardware
    }

    private static ErrorCode byPolicy(ForgedRegistration registration, Bytes object, List<String> aaguids, List<Bytes> roots, Bytes spki) {
        return assertThrows(AttestationException.class, () -> Engines.attestations().verify(new Enrolment(object, registration.clientDataJson(), aaguids, roots), EXAMPLE,
                new SpkiPublicKeyDecoder().decodeDer(spki))).problem().code();
    }

    @Test
    void aPolicyNamesTheModelsTheRootsAndTheKey() throws Exception {
        ForgedRegistration registration = new ForgedRegistration();
        Bytes object = registration.packed();
        Bytes spki = registration.key.spki();
        Attestation attestation = Engines.attestations().verify(new Enrolment(object, registration.clientDataJson(), List.of(ForgedRegistration.MODEL), ROOTS), EXAMPLE,
                new SpkiPublicKeyDecoder().decodeDer(spki));
        assertEquals(ForgedRegistration.MODEL, attestation.aaguid());
        assertEquals(ErrorCode.AUTHENTICATOR_NOT_ALLOWED, byPolicy(registration, object, List.of("2fc0579f-8113-47ea-b116-bb5a8db9202a"), ROOTS, spki));
        assertEquals(ErrorCode.ATTESTATION_INVALID, byPolicy(registration, object, List.of(), ROOTS, registration.attestationKey.spki()));
        assertEquals(ErrorCode.ATTESTATION_INVALID, byPolicy(registration, registration.self(), List.of(ForgedRegistration.MODEL), ROOTS, spki));
        assertEquals(ErrorCode.ATTESTATION_INVALID, byPolicy(registration, Bytes.fromHex("a0"), List.of(), List.of(), spki));
    }
}
