package dev.chancery.verification.attestation;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.webauthn.Enrolment;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.webauthn.ClientData;
import dev.chancery.formats.webauthn.CoseKey;
import dev.chancery.formats.webauthn.Registration;
import dev.chancery.ports.certificate.AttestationCertificates;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.verification.attestation.Attestation.Kind;
import java.util.List;

/// Verifies registrations: WebAuthn L3 §7.1 *Registering a New Credential*, as far as it is about what was returned. The challenge is passed over: this program
/// makes it itself when it asks a security key, and nobody remembers it; that an old registration comes again gives nobody anything, since the credential is
/// what it is about. Thread-safe; opens no socket.
public final class AttestationVerifier {
    private final PublicKeyDecoder keys;
    private final AttestationCertificates certificates;
    private final AttestationStatements statements;

    public AttestationVerifier(SignatureVerifier signatures, PublicKeyDecoder keys, AttestationCertificates certificates) {
        this.keys = keys;
        this.certificates = certificates;
        this.statements = new AttestationStatements(new CoseSignatures(signatures), certificates);
    }

    /// Verifies what a policy keeps of a registration.
    ///
    /// @param key the credential's, as the policy has it
    /// @throws AttestationException when it doesn't verify, is of another credential, or on a model that isn't allowed
    public Attestation verify(Enrolment enrolment, RelyingParty relyingParty, PublicKey key) throws AttestationException {
        Registration registration;
        try {
            registration = Registration.read(enrolment.attestationObject());
        } catch (CborException e) {
            throw AttestationException.invalid(String.valueOf(e.getMessage()));
        }
        Attestation attestation = verify(registration, enrolment.clientDataJson(), relyingParty, enrolment.attestationRoots());
        if (!attestation.key().equals(key)) {
            throw AttestationException.invalid("expected the registration of key " + key.id().hex() + ", found that of " + attestation.key().id().hex());
        }
        if (!enrolment.attestationRoots().isEmpty() && !attestation.isAnchored()) {
            throw AttestationException.invalid("expected an attestation that leads to a root of the policy, found one of kind " + attestation.kind());
        }
        if (!enrolment.aaguids().isEmpty() && !enrolment.aaguids().contains(attestation.aaguid())) {
            throw AttestationException.notAllowed("expected a model of " + enrolment.aaguids() + ", found " + attestation.aaguid());
        }
        return attestation;
    }

    /// Verifies a registration.
    ///
    /// @param clientDataJson what the client said when the credential was made
    /// @param relyingParty for whom it has to be, and what is demanded of it
    /// @param roots certificates in DER to which an attestation by a certificate must lead; empty when it need not lead anywhere
    /// @throws AttestationException when it doesn't verify
    public Attestation verify(Registration registration, Bytes clientDataJson, RelyingParty relyingParty, List<Bytes> roots) throws AttestationException {
        clientData(clientDataJson, relyingParty);
        flags(registration, relyingParty);
        try {
            CoseKey cose = CoseKey.read(registration.coseKey());
            PublicKey key = keys.decodeDer(cose.subjectPublicKeyInfo());
            Kind kind = statements.check(registration, HashAlgorithm.SHA_256.digest(clientDataJson).value(), cose.algorithm(), key);
            boolean anchored = kind == Kind.BASIC && !roots.isEmpty();
            if (anchored) {
                certificates.checkPath(registration.certificates(), roots);
            }
            return new Attestation(kind, registration.format(), registration.model(), key, anchored);
        } catch (CborException e) {
            throw AttestationException.invalid(String.valueOf(e.getMessage()));
        } catch (PublicKeyException e) {
            throw AttestationException.invalid("expected a public key, found one that cannot be: " + e.problem().why());
        } catch (CertificateException e) {
            throw AttestationException.invalid(e.why());
        }
    }

    private static void clientData(Bytes json, RelyingParty relyingParty) throws AttestationException {
        ClientData data;
        try {
            data = ClientData.read(json);
        } catch (FormatException e) {
            throw AttestationException.of(ErrorCode.CLIENT_DATA_UNSOUND, "expected client data, found " + e.problem().code().code() + ": " + e.problem().why());
        }
        if (!data.type().equals("webauthn.create")) {
            throw AttestationException.of(ErrorCode.CLIENT_DATA_UNSOUND, "expected the type webauthn.create, found " + data.type());
        }
        if (!relyingParty.origins().contains(data.origin()) || data.framed()) {
            throw AttestationException.of(ErrorCode.ORIGIN_NOT_ALLOWED, "expected a credential made at one of " + relyingParty.origins() + ", found one made at "
                    + data.origin() + (data.framed() ? ", in a frame of another page" : ""));
        }
    }

    private static void flags(Registration registration, RelyingParty relyingParty) throws AttestationException {
        Bytes expected = HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(relyingParty.id())).value();
        if (!registration.rpIdHash().equals(expected)) {
            throw AttestationException.of(ErrorCode.RELYING_PARTY_DIFFERS, "expected the relying party " + relyingParty.id() + " (" + expected.toHex() + "), found "
                    + registration.rpIdHash().toHex());
        }
        if (!registration.userPresent()) {
            throw AttestationException.of(ErrorCode.USER_NOT_PRESENT, "expected somebody to have touched the security key (UP), found that nobody has");
        }
        if (relyingParty.userVerified() && !registration.userVerified()) {
            throw AttestationException.of(ErrorCode.USER_NOT_VERIFIED, "expected the security key to have verified its user (UV), found that it has not");
        }
        if (registration.backedUp() && !registration.backupEligible()) {
            throw AttestationException.of(ErrorCode.AUTHENTICATOR_DATA_UNSOUND, "expected backed up (BS) only with backup eligible (BE), found it alone");
        }
        if (registration.backupEligible() && !relyingParty.syncedAllowed()) {
            throw AttestationException.of(ErrorCode.CREDENTIAL_SYNCED, "expected a credential that lives in one piece of hardware, found one that may be copied (BE)");
        }
    }
}
