/// The client of The Update Framework (TUF specification 1.0.34 §5): which trusted root and signing configuration are current, as the
/// repository's keys say it. A mirror can withhold and nothing else: it can't make anything up, go back to an older state, or mix states;
/// and what it withholds shows when metadata expires.
///
/// Delegations are followed (§5.6.7), though Sigstore's repositories list these files at the top.
@NullMarked
package dev.chancery.verification.tuf;

import org.jspecify.annotations.NullMarked;
