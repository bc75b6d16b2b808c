/// The bodies of Rekor's entries: kinds hashedrekord 0.0.1 and 0.0.2, dsse 0.0.1, intoto 0.0.2 (rekor, pkg/types; rekor-tiles,
/// api/proto/rekor/v2).
///
/// Members that say nothing about what was signed are passed over: the log wrote the body, and its hash is what the tree holds.
@NullMarked
package dev.chancery.formats.rekor;

import org.jspecify.annotations.NullMarked;
