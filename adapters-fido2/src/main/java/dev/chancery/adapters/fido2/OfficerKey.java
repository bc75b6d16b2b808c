package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.ctap.Ctap;
import dev.chancery.adapters.fido2.ctap.CtapException;
import dev.chancery.adapters.fido2.ctap.Permission;
import dev.chancery.adapters.fido2.ctap.PinToken;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.ports.key.AssertionKey;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.TouchPrompt;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A credential on an open security key.
final class OfficerKey implements AssertionKey {
    private final ConnectedKey key;
    private final Wanted wanted;
    private final Unlocking unlocking;
    private final TouchPrompt prompt;
    private boolean closed;

    /// @param key which this closes
    OfficerKey(ConnectedKey key, Wanted wanted, Unlocking unlocking, TouchPrompt prompt) {
        this.key = key;
        this.wanted = wanted;
        this.unlocking = unlocking;
        this.prompt = prompt;
    }

    /// What is asked for.
    ///
    /// @param credential its id; nothing for the only one that the security key remembers for the relying party
    /// @param verification whether the security key must verify its user
    record Wanted(String rpId, String origin, Optional<Bytes> credential, boolean verification) {}

    @Override
    public WebAuthnAssertion approve(DssePayload payload) throws KeyException {
        if (closed) {
            throw new IllegalStateException("the security key was closed");
        }
        Bytes clientData = ClientDataText.write("webauthn.get", WebAuthnAssertion.challenge(payload).value(), wanted.origin());
        Bytes hash = HashAlgorithm.SHA_256.digest(clientData).value();
        try (@Nullable PinToken token = wanted.verification() || key.info().has("alwaysUv")
                ? unlocking.token(Permission.GET_ASSERTION, Optional.of(wanted.rpId())) : null) {
            prompt.touch(key.place(), key.limit());
            Ctap.Approval approval = key.ctap().getAssertion(wanted.rpId(), hash, wanted.credential(), token);
            check(approval);
            return new WebAuthnAssertion("", approval.authenticatorData(), clientData, approval.signature());
        } catch (CtapException e) {
            throw key.failure(e);
        }
    }

    /// A signature by another credential would be refused later; here is still known why.
    private void check(Ctap.Approval approval) throws KeyException, CtapException {
        if (wanted.credential().isEmpty() && approval.credentials() > 1) {
            throw new KeyException.NotOne(new Problem(ErrorCode.KEY_AMBIGUOUS, "the approval was thrown away",
                    "expected one credential for " + wanted.rpId() + " on " + key.place() + ", found " + approval.credentials(),
                    "name one with credential=ID or file=PATH; chancery key list fido2: shows them"), List.of());
        }
        if (wanted.credential().isPresent() && approval.credentialOrNull() != null && !wanted.credential().get().equals(approval.credentialOrNull())) {
            throw CtapException.unsound("expected an approval by the credential that was asked, found one by another");
        }
        if (approval.authenticatorData().size() > WebAuthnAssertion.MAX_PART || approval.signature().size() > WebAuthnAssertion.MAX_PART) {
            throw CtapException.unsound("expected at most " + WebAuthnAssertion.MAX_PART + " bytes in each part of an approval, found more");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            unlocking.close();
            key.close();
        }
    }
}
