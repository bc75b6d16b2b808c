package dev.chancery.verification;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.webauthn.WebAuthnAssertion;

/// What is offered as proof.
public sealed interface Evidence {
    /// The JSON of a Sigstore bundle or of a quorum, unread.
    record BundleBytes(Bytes json) implements Evidence {}

    /// A Sigstore bundle that was read already.
    record Bundle(SigstoreBundle bundle) implements Evidence {}

    /// A quorum that was read already: one signature of it is enough that the trust accepts, and the others change nothing.
    record Quorum(QuorumBundle quorum) implements Evidence {}

    /// An approval by a security key or passkey.
    ///
    /// @param payload what it is said to be over
    record WebAuthn(DssePayload payload, WebAuthnAssertion assertion) implements Evidence {}

    /// A member of a quorum, by itself.
    static Evidence of(Member member) {
        return switch (member) {
            case Member.Sigstore(SigstoreBundle bundle) -> new Bundle(bundle);
            case Member.WebAuthn(DssePayload payload, WebAuthnAssertion assertion) -> new WebAuthn(payload, assertion);
        };
    }

    /// A bare signature over the artifact's content.
    record DetachedSignature(Bytes signature) implements Evidence {}
}
