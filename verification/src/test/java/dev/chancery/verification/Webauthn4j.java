package dev.chancery.verification;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.anchor.KeyStoreTrustAnchorRepository;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.authenticator.EdDSACOSEKey;
import com.webauthn4j.data.attestation.authenticator.RSACOSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/// webauthn4j's opinion.
public final class Webauthn4j {
    private static final byte[] CREDENTIAL = {1, 2, 3};

    private Webauthn4j() {}

    /// Whether it accepts an assertion.
    ///
    /// @param spki the credential's key
    /// @param challenge that it expects
    static boolean accepts(WebAuthnAssertion assertion, Bytes spki, Bytes challenge, RelyingParty relyingParty) throws Exception {
        CredentialRecordImpl credential = new CredentialRecordImpl(new NoneAttestationStatement(), null, null, null, 0,
                new AttestedCredentialData(AAGUID.ZERO, CREDENTIAL, coseKey(spki)), null, null, null, null);
        try {
            WebAuthnManager.createNonStrictWebAuthnManager().verify(new AuthenticationRequest(CREDENTIAL, assertion.authenticatorData().toByteArray(),
                    assertion.clientDataJson().toByteArray(), assertion.signature().toByteArray()), new AuthenticationParameters(server(relyingParty, challenge),
                    credential, null, relyingParty.userVerified(), true));
            return true;
        } catch (VerificationException | DataConversionException | JacksonException e) {
            return false;
        }
    }

    /// Whether it accepts a registration: by a certificate that leads to a root, by itself, or without an attestation.
    ///
    /// @param roots DER
    public static boolean acceptsRegistration(Bytes attestationObject, Bytes clientDataJson, Bytes challenge, RelyingParty relyingParty, List<Bytes> roots) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (Bytes root : roots) {
            try (InputStream in = root.inputStream()) {
                trusted.setCertificateEntry(Integer.toString(trusted.size()), CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
        }
        WebAuthnManager manager = new WebAuthnManager(List.of(new NoneAttestationStatementVerifier(), new PackedAttestationStatementVerifier(),
                new FIDOU2FAttestationStatementVerifier()), new DefaultCertPathTrustworthinessVerifier(new KeyStoreTrustAnchorRepository(trusted)), new DefaultSelfAttestationTrustworthinessVerifier());
        try {
            manager.verify(new RegistrationRequest(attestationObject.toByteArray(), clientDataJson.toByteArray()),
                    new RegistrationParameters(server(relyingParty, challenge), null, relyingParty.userVerified(), true));
            return true;
        } catch (VerificationException | DataConversionException | JacksonException e) {
            return false;
        }
    }

    private static ServerProperty server(RelyingParty relyingParty, Bytes challenge) {
        return ServerProperty.builder().origins(relyingParty.origins().stream().map(Origin::new).collect(Collectors.toSet())).rpId(relyingParty.id())
                .challenge(new DefaultChallenge(challenge.toByteArray())).build();
    }

    private static COSEKey coseKey(Bytes spki) throws GeneralSecurityException {
        for (String algorithm : List.of("EC", "Ed25519", "RSA")) {
            try {
                return switch (KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki.toByteArray()))) {
                    case ECPublicKey key -> EC2COSEKey.create(key, COSEAlgorithmIdentifier.ES256);
                    case EdECPublicKey key -> EdDSACOSEKey.create(key, COSEAlgorithmIdentifier.EdDSA);
                    case RSAPublicKey key -> RSACOSEKey.create(key, COSEAlgorithmIdentifier.RS256);
                    default -> throw new GeneralSecurityException("a key of another kind");
                };
            } catch (java.security.spec.InvalidKeySpecException e) {
                // another algorithm's
            }
        }
        throw new GeneralSecurityException("a key of another kind");
    }
}
