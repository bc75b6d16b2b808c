/// The one engine: evidence, an artifact and trust go in; a verdict with every step's finding comes out. It opens no socket and
/// finds nothing by itself: whatever it relies on stands in the [VerificationRequest].
///
/// Each step is a class of its own that takes what earlier steps have established as typed values and returns what it establishes;
/// [VerificationEngine] is the list of them. What was accepted is a [VerifiedSignature], which nothing else can make.
///
/// The steps, which docs/verification.md describes in full: parse, key or certificate, artifact, signature; then, with a trusted root,
/// transparency, time, chain, certificate transparency, identity; at last statement and subject.
///
/// Where several pieces of evidence could do, each is checked by itself ([Stop] ends it), and a [Tally] counts them against what is
/// wanted.
///
/// An attestation's payload is read only after its signature has verified.
@NullMarked
package dev.chancery.verification;

import org.jspecify.annotations.NullMarked;
