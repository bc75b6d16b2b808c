/// What every key back end must do, as a test to extend, and a fake back end that does it.
///
/// # Checking a back end
/// 1. Extend [SigningKeyContract] in the adapter's tests.
/// 2. In `declare()` build a [DeclaredBackend]: the back end, its keys with the public keys *as another tool tells them*, and what
///    else it can do. It is called before each test, so a test may spoil what it is given.
/// 3. Declare every error that can be provoked: the kit checks that each comes with the right type and code.
///
/// What is declared must work, and what isn't must be refused: a capability can't be left out to escape its tests. The kit's methods
/// are final; none can be switched off. Signatures are checked with `java.security.Signature` over the whole content, never with this
/// project's own verifier.
@NullMarked
package dev.chancery.testkit.key;

import org.jspecify.annotations.NullMarked;
