/// Sigstore's documents as JSON: bundles, trusted roots, signing configurations, and cosign's older files.
@NullMarked
package dev.chancery.formats.sigstore;

import org.jspecify.annotations.NullMarked;
