package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;

/// What is offered as proof.
public sealed interface Evidence {
    /// A Sigstore bundle's JSON, unread.
    record BundleBytes(Bytes json) implements Evidence {}

    /// A Sigstore bundle that was read already.
    record Bundle(SigstoreBundle bundle) implements Evidence {}

    /// A bare signature over the artifact's content.
    record DetachedSignature(Bytes signature) implements Evidence {}
}
