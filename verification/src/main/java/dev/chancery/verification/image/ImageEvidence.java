package dev.chancery.verification.image;

import dev.chancery.domain.bytes.Bytes;

/// One thing that was found beside an artifact and is offered as proof. Nothing about it is verified by being one.
public sealed interface ImageEvidence {
    /// Where it was found, for people.
    String place();

    /// A Sigstore bundle with a statement about the artifact, as cosign 3 writes it; or cosign 2's attestation in cosign's older form; or a quorum.
    record Bundle(String place, Bytes json) implements ImageEvidence {}

    /// A signature of cosign 2: over a payload that names the artifact.
    ///
    /// @param bundle the signature in cosign's older form of a bundle
    record SimpleSigned(String place, Bytes payload, Bytes bundle) implements ImageEvidence {}
}
