/// Quorum bundles: each member is judged by the engine, and distinct signers are counted.
///
/// A signer is a key, whatever name it was given under. What doesn't count is named and harms nothing: a member by a key that has
/// counted already, one by a stranger, one that does not verify.
@NullMarked
package dev.chancery.verification.quorum;

import org.jspecify.annotations.NullMarked;
