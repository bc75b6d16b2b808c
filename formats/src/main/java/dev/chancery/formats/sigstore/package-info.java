/// Sigstore bundles (protobuf-specs, sigstore_bundle.proto) and detached signatures as files.
@NullMarked
package dev.chancery.formats.sigstore;

import org.jspecify.annotations.NullMarked;
