/// The verification engine as a library, put together with the cryptography it needs. It has no command line and opens no socket.
///
/// ```
/// Verifier verifier = Verifier.create(Clock.systemUTC());
/// VerificationResult result = verifier.verify(artifact, bundle, verifier.identity("dev@example.com", "https://login.example.com", trustedRoot));
/// if (result.verdict() == Verdict.ACCEPTED) { … }
/// ```
///
/// A result that isn't *accepted* says why ([dev.chancery.verification.VerificationResult#reasons()]); one that is holds the verified signature.
@NullMarked
package dev.chancery.verifier;

import org.jspecify.annotations.NullMarked;
