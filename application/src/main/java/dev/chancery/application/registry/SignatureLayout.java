package dev.chancery.application.registry;

import dev.chancery.domain.digest.Digest;

/// How signatures lie beside an artifact.
public enum SignatureLayout {
    /// Sigstore bundles as referrers: cosign 3.
    REFERRERS,
    /// Signatures and envelopes in manifests under tags made of the digest: cosign 2.
    COSIGN2;

    /// The tag of cosign 2's signatures.
    public static String signatureTag(Digest artifact) {
        return artifact.algorithm().inTotoName() + "-" + artifact.hex() + ".sig";
    }

    /// The tag of cosign 2's attestations.
    public static String attestationTag(Digest artifact) {
        return artifact.algorithm().inTotoName() + "-" + artifact.hex() + ".att";
    }

    /// The tag of what cosign 2 calls a software bill of materials. It isn't signed; it is carried along.
    public static String billTag(Digest artifact) {
        return artifact.algorithm().inTotoName() + "-" + artifact.hex() + ".sbom";
    }
}
