/// The Sigstore bundle as a value (sigstore/protobuf-specs, sigstore_bundle.proto).
@NullMarked
package dev.chancery.domain.bundle;

import org.jspecify.annotations.NullMarked;
