/// What other implementations wrote: bundles by cosign and sigstore-python against the lab's Fulcio, Rekor v1 and v2, certificate
/// transparency log and timestamp authority, with the trusted roots of those services. `testkit/src/regenerate-peers` makes them anew.
@NullMarked
package dev.chancery.testkit.peers;

import org.jspecify.annotations.NullMarked;
