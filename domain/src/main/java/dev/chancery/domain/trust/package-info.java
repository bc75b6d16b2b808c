/// What a verifier trusts: logs, certificate authorities and timestamp authorities, each with the window in which it was used
/// (protobuf-specs, sigstore_trustroot.proto); and which services a signer uses.
@NullMarked
package dev.chancery.domain.trust;

import org.jspecify.annotations.NullMarked;
