package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.webauthn.AuthenticatorData;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.webauthn.ClientData;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Verifies approvals by security keys and passkeys: WebAuthn L3 §7.2 *Verifying an Authentication Assertion*, from "Let JSONtext be the result of
/// running UTF-8 decode on the value of cData" on. What comes before it there is about finding a user's credential: here the trust is the credential.
///
/// The challenge is no nonce that a server remembers but the payload itself, so that an assertion approves this payload for ever, as a
/// signature does. The signature counter is passed over: it detects copied authenticators for servers that remember it, and nothing here does.
final class AssertionCheck {
    /// COSE −7, −8 and −257, which authenticators have (WebAuthn L3 §5.8.5).
    private static final Set<SignatureAlgorithm> ALGORITHMS = EnumSet.of(SignatureAlgorithm.ECDSA_P256_SHA_256, SignatureAlgorithm.ED25519,
            SignatureAlgorithm.RSA_PKCS1_SHA_256);

    private final SignatureStep signatures;

    AssertionCheck(SignatureVerifier verifier) {
        this.signatures = new SignatureStep(verifier);
    }

    VerifiedSignature verify(Evidence.WebAuthn evidence, VerificationRequest request, Findings findings) throws Stop {
        findings.passed(Step.PARSE, "an approval by a security key, " + WebAuthnAssertion.MEDIA_TYPE);
        if (!(request.trust() instanceof Trust.Credential(PublicKey key, RelyingParty relyingParty))) {
            throw Stop.rejected(Step.KEY, ErrorCode.SECURITY_KEY_UNEXPECTED, "expected a signature by a key or with a certificate, found an approval by a security key");
        }
        WebAuthnAssertion assertion = evidence.assertion();
        clientData(evidence.payload(), assertion, relyingParty, findings);
        authenticatorData(assertion, relyingParty, findings);
        Signer signer = new Signer(key, null, null);
        SignatureAlgorithm algorithm = algorithm(key);
        signatures.check(signer, input(assertion.signedContent(), algorithm), new Signature(algorithm, assertion.signature()), findings);
        refuseEvidence(request.requirements());
        if (!evidence.payload().payloadType().equals(DssePayload.IN_TOTO)) {
            throw Stop.rejected(Step.STATEMENT, ErrorCode.PAYLOAD_TYPE_MISMATCH, "expected payload type " + DssePayload.IN_TOTO + ", found "
                    + evidence.payload().payloadType());
        }
        Statement statement = StatementStep.read(evidence.payload(), request.expectations(), findings);
        Digest artifact = SubjectStep.bind(statement, request.target(), findings);
        return new VerifiedSignature(signer, algorithm, artifact, statement, VerifiedEvidence.NONE);
    }

    private static void clientData(DssePayload payload, WebAuthnAssertion assertion, RelyingParty relyingParty, Findings findings) throws Stop {
        ClientData data;
        try {
            data = ClientData.read(assertion.clientDataJson());
        } catch (FormatException e) {
            throw Stop.rejected(Step.PARSE, ErrorCode.CLIENT_DATA_UNSOUND, "expected client data, found " + e.problem().code().code() + ": " + e.problem().why());
        }
        if (!data.type().equals("webauthn.get")) {
            throw Stop.rejected(Step.SIGNATURE, ErrorCode.CLIENT_DATA_UNSOUND, "expected the type webauthn.get, found " + data.type());
        }
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(WebAuthnAssertion.challenge(payload).value().toByteArray());
        if (!data.challenge().equals(challenge)) {
            throw Stop.rejected(Step.SIGNATURE, ErrorCode.CHALLENGE_DIFFERS, "expected the challenge " + challenge + ", the hash of this payload, found "
                    + data.challenge());
        }
        if (!relyingParty.origins().contains(data.origin()) || data.framed()) {
            throw Stop.rejected(Step.KEY, ErrorCode.ORIGIN_NOT_ALLOWED, "expected an approval at one of " + relyingParty.origins() + ", found one at " + data.origin()
                    + (data.framed() ? ", in a frame of another page" : ""));
        }
        findings.passed(Step.KEY, "approved at " + data.origin());
    }

    private static void authenticatorData(WebAuthnAssertion assertion, RelyingParty relyingParty, Findings findings) throws Stop {
        AuthenticatorData data = AuthenticatorData.read(assertion.authenticatorData()).orElseThrow(() -> Stop.rejected(Step.PARSE,
                ErrorCode.AUTHENTICATOR_DATA_UNSOUND, "expected 37 bytes of authenticator data, and more only for extensions, found "
                        + assertion.authenticatorData().size() + " bytes that say otherwise"));
        Bytes expected = HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(relyingParty.id())).value();
        if (!data.rpIdHash().equals(expected)) {
            throw Stop.rejected(Step.KEY, ErrorCode.RELYING_PARTY_DIFFERS, "expected the relying party " + relyingParty.id() + " (" + expected.toHex() + "), found "
                    + data.rpIdHash().toHex());
        }
        if (!data.userPresent()) {
            throw Stop.rejected(Step.KEY, ErrorCode.USER_NOT_PRESENT, "expected somebody to have touched the security key (UP), found that nobody has");
        }
        if (relyingParty.userVerified() && !data.userVerified()) {
            throw Stop.rejected(Step.KEY, ErrorCode.USER_NOT_VERIFIED, "expected the security key to have verified its user (UV), found that it has not");
        }
        if (data.backedUp() && !data.backupEligible()) {
            throw Stop.rejected(Step.PARSE, ErrorCode.AUTHENTICATOR_DATA_UNSOUND, "expected backed up (BS) only with backup eligible (BE), found it alone");
        }
        if (data.backupEligible() && !relyingParty.syncedAllowed()) {
            throw Stop.rejected(Step.KEY, ErrorCode.CREDENTIAL_SYNCED, "expected a credential that lives in one piece of hardware, found one that may be copied (BE)"
                    + (data.backedUp() ? " and has been (BS)" : ""));
        }
        findings.passed(Step.KEY, "relying party " + relyingParty.id() + ", user present" + (data.userVerified() ? " and verified" : "") + (data.backupEligible()
                ? ", credential can be synced" : ""));
        if (relyingParty.id().equals(RelyingParty.LOCALHOST)) {
            findings.notRequired(Step.KEY, "every page on the machine shares localhost: good for trying out only");
        }
    }

    private static SignatureAlgorithm algorithm(PublicKey key) throws Stop {
        List<SignatureAlgorithm> possible = SignatureAlgorithm.forKey(key).stream().filter(ALGORITHMS::contains).toList();
        if (possible.isEmpty()) {
            throw Stop.rejected(Step.SIGNATURE, ErrorCode.ALGORITHM_MISMATCH, "expected a credential for " + AlgorithmStep.join(List.copyOf(ALGORITHMS)) + ", found a "
                    + key.description() + " key");
        }
        return possible.getFirst();
    }

    private static SigningInput input(Bytes content, SignatureAlgorithm algorithm) {
        return algorithm.prehash().<SigningInput>map(hash -> new SigningInput.Prehashed(hash.digest(content))).orElseGet(() -> new SigningInput.Message(content));
    }

    /// An assertion has no place for log entries and timestamps.
    private static void refuseEvidence(Requirements requirements) throws Stop {
        if (requirements.logEntries() > 0) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_ENTRY_MISSING, "expected " + requirements.logEntries() + " log entries, found an approval that has none");
        }
        if (requirements.times() > 0) {
            throw Stop.rejected(Step.TIME, ErrorCode.TIME_MISSING, "expected " + requirements.times() + " proofs of time, found an approval that has none");
        }
    }
}
