package dev.chancery.verification;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;

/// What is offered as proof.
public sealed interface Evidence {
    /// The JSON of a Sigstore bundle or of a quorum, unread.
    record BundleBytes(Bytes json) implements Evidence {}

    /// A Sigstore bundle that was read already.
    record Bundle(SigstoreBundle bundle) implements Evidence {}

    /// A quorum that was read already: one signature of it is enough that the trust accepts, and the others change nothing.
    record Quorum(QuorumBundle quorum) implements Evidence {}

    /// A bare signature over the artifact's content.
    record DetachedSignature(Bytes signature) implements Evidence {}
}
