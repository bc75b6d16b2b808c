/// The one engine: evidence, an artifact and trust go in; a verdict with every step's finding comes out. It opens no socket and
/// finds nothing by itself: whatever it relies on stands in the [VerificationRequest].
///
/// Each step is a class of its own that takes what earlier steps have established as typed values and returns what it establishes;
/// [VerificationEngine] is the list of them. What was accepted is a [VerifiedSignature], which nothing else can make.
///
/// With a bare key (docs/verification.md):
///
/// | step | a message signature | an attestation (DSSE) |
/// |---|---|---|
/// | parse | limits, JSON, the bundle's form | the same |
/// | key | the bundle names no other key, and no certificate | the same |
/// | signature | the algorithm fits the key and the recorded digest | exactly one signature, payload type in-toto |
/// | artifact | the artifact has the recorded digest, and is no DSSE encoding | after the statement: a subject has the artifact's digest |
/// | signature | it verifies over that digest | it verifies over the encoding of type and payload |
/// | statement | none is expected | sound, and of the type that is expected |
///
/// An attestation's payload is read only after its signature has verified.
@NullMarked
package dev.chancery.verification;

import org.jspecify.annotations.NullMarked;
