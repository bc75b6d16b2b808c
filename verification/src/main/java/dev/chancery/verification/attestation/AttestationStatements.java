package dev.chancery.verification.attestation;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.AttestationCertificate;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.webauthn.CoseKey;
import dev.chancery.formats.webauthn.Registration;
import dev.chancery.ports.certificate.AttestationCertificates;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.verification.attestation.Attestation.Kind;
import java.util.List;
import java.util.regex.Pattern;

/// Verifies attestation statements of the formats `packed` (WebAuthn L3 §8.2), `fido-u2f` (§8.6) and `none` (§8.7). Others are passed over, and prove nothing.
final class AttestationStatements {
    /// X.520 §6: countryName, organizationName, organizationalUnitName, commonName.
    private static final String COUNTRY = "2.5.4.6";
    private static final String ORGANISATION = "2.5.4.10";
    private static final String ORGANISATIONAL_UNIT = "2.5.4.11";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String UNIT = "Authenticator Attestation";
    private static final Pattern ISO_3166 = Pattern.compile("[A-Z]{2}");
    private static final Bytes ZERO = Bytes.fromHex("00");

    private final CoseSignatures signatures;
    private final AttestationCertificates certificates;

    AttestationStatements(CoseSignatures signatures, AttestationCertificates certificates) {
        this.signatures = signatures;
        this.certificates = certificates;
    }

    /// Verifies one; the certificate's path is for the caller.
    ///
    /// @param algorithm the credential's, COSE's number
    Kind check(Registration registration, Bytes clientDataHash, long algorithm, PublicKey key) throws AttestationException, CborException, CertificateException {
        return switch (registration.format()) {
            case "none" -> none(registration);
            case "packed" -> packed(registration, clientDataHash, algorithm, key);
            case "fido-u2f" -> u2f(registration, clientDataHash);
            default -> Kind.NOT_VERIFIED;
        };
    }

    private static Kind none(Registration registration) throws AttestationException {
        if (!registration.statement().entries().isEmpty()) {
            throw AttestationException.invalid("expected no attestation statement in the format none, found one");
        }
        return Kind.NONE;
    }

    private Kind packed(Registration registration, Bytes clientDataHash, long algorithm, PublicKey key) throws AttestationException, CborException, CertificateException {
        long alg = registration.statement().integer("alg");
        Bytes signed = registration.authenticatorData().concat(clientDataHash);
        Bytes signature = registration.statement().bytes("sig");
        if (registration.statement().get("x5c").isEmpty()) {
            if (alg != algorithm) {
                throw AttestationException.invalid("expected an attestation by the credential's own algorithm " + algorithm + ", found " + alg);
            }
            verify(key, alg, signed, signature);
            return Kind.SELF;
        }
        AttestationCertificate certificate = first(registration);
        verify(certificate.publicKey(), alg, signed, signature);
        requirements(certificate);
        if (certificate.aaguidCritical() || certificate.aaguid().isPresent() && !certificate.aaguid().get().equals(registration.aaguid())) {
            throw AttestationException.invalid("expected a certificate for the model " + registration.model() + ", found one for "
                    + certificate.aaguid().map(Bytes::toHex).orElse("none") + (certificate.aaguidCritical() ? " in a critical extension" : ""));
        }
        return Kind.BASIC;
    }

    /// WebAuthn L3 §8.2.1 *Certificate Requirements for Packed Attestation Statements*.
    private static void requirements(AttestationCertificate certificate) throws AttestationException {
        if (certificate.version() != 3) {
            throw AttestationException.invalid("expected an attestation certificate of version 3, found version " + certificate.version());
        }
        String country = certificate.subject().getOrDefault(COUNTRY, List.of("")).getFirst();
        if (!ISO_3166.matcher(country).matches() || !certificate.subject().containsKey(ORGANISATION) || !certificate.subject().containsKey(COMMON_NAME)
                || !certificate.subject().getOrDefault(ORGANISATIONAL_UNIT, List.of()).contains(UNIT)) {
            throw AttestationException.invalid("expected an attestation certificate whose subject has a country, an organisation, the unit \"" + UNIT
                    + "\" and a name, found " + certificate.subject());
        }
        if (certificate.authority()) {
            throw AttestationException.invalid("expected an attestation certificate, found one of an authority");
        }
    }

    private Kind u2f(Registration registration, Bytes clientDataHash) throws AttestationException, CborException, CertificateException {
        if (registration.certificates().size() != 1) {
            throw AttestationException.invalid("expected exactly one certificate in the format fido-u2f, found " + registration.certificates().size());
        }
        AttestationCertificate certificate = first(registration);
        if (!(certificate.publicKey() instanceof EcPublicKey ec) || ec.curve() != Curve.P_256) {
            throw AttestationException.invalid("expected an attestation key on P-256, found " + certificate.publicKey().description());
        }
        if (!registration.aaguid().equals(Bytes.fromHex("00".repeat(16)))) {
            throw AttestationException.invalid("expected no model in the format fido-u2f, found " + registration.model());
        }
        Bytes signed = ZERO.concat(registration.rpIdHash()).concat(clientDataHash).concat(registration.credentialId()).concat(CoseKey.point(registration.coseKey()));
        verify(certificate.publicKey(), CoseKey.ES256, signed, registration.statement().bytes("sig"));
        return Kind.BASIC;
    }

    private AttestationCertificate first(Registration registration) throws AttestationException, CertificateException {
        if (registration.certificates().isEmpty()) {
            throw AttestationException.invalid("expected a certificate in the attestation statement, found none");
        }
        return certificates.read(registration.certificates().getFirst());
    }

    private void verify(PublicKey key, long algorithm, Bytes signed, Bytes signature) throws AttestationException {
        if (!signatures.verifies(key, algorithm, signed, signature)) {
            throw AttestationException.invalid("expected a signature by the attestation key over this registration (COSE algorithm " + algorithm
                    + "), found one that does not verify");
        }
    }
}
