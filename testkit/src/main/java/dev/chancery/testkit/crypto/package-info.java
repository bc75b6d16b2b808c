/// What every verifier of signatures must answer: vectors from RFCs and other programs, and changed forms of them.
///
/// Extend [SignatureVerifierContract] and name the verifier. All implementations pass the same vectors, so they agree on each.
@NullMarked
package dev.chancery.testkit.crypto;

import org.jspecify.annotations.NullMarked;
