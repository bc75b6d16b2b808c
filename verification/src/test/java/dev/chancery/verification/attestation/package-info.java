/// Tests of attestations.
@NullMarked
package dev.chancery.verification.attestation;

import org.jspecify.annotations.NullMarked;
