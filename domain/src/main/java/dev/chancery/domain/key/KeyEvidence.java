package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyDescription.Fact;
import java.util.List;

/// What a back end says of where a key was made and whether it ever could leave. It is the device's own word, not a proof: that needs an
/// attestation by the device's maker, which stands among the attestations, or as a certificate, where the device gives one.
///
/// @param description the key
/// @param madeInside whether the device generated it itself (CKA_LOCAL)
/// @param alwaysSensitive whether its value could never be read in the clear (CKA_ALWAYS_SENSITIVE)
/// @param neverExtractable whether it could never be wrapped and taken out (CKA_NEVER_EXTRACTABLE)
/// @param device what the device says of itself: maker, model, serial number, versions
/// @param certificates the DER certificates that are stored beside the key, in the device's order; not verified
/// @param attestations the documents in which the device, or whoever made it, attests to the key; not verified
public record KeyEvidence(KeyDescription description, Claim madeInside, Claim alwaysSensitive, Claim neverExtractable, List<Fact> device,
        List<Bytes> certificates, List<Attestation> attestations) {
    public KeyEvidence {
        device = List.copyOf(device);
        certificates = List.copyOf(certificates);
        attestations = List.copyOf(attestations);
    }

    /// Evidence without an attestation document.
    public KeyEvidence(KeyDescription description, Claim madeInside, Claim alwaysSensitive, Claim neverExtractable, List<Fact> device,
            List<Bytes> certificates) {
        this(description, madeInside, alwaysSensitive, neverExtractable, device, certificates, List.of());
    }

    /// A document of the device about the key, in its maker's form.
    ///
    /// @param format what the back end calls the form; text from outside
    /// @param document the bytes as they were given
    public record Attestation(String format, Bytes document) {}

    /// What a device says of one property.
    public enum Claim {
        YES,
        NO,
        /// It says nothing, which counts as no.
        NOT_SAID
    }

    /// Whether the device claims that the key was made in it and has never been anywhere else.
    public boolean claimsNeverToHaveLeft() {
        return madeInside == Claim.YES && alwaysSensitive == Claim.YES && neverExtractable == Claim.YES;
    }
}
