/// Dead Simple Signing Envelope (DSSE v1.0.2): payloads, their pre-authentication encoding, envelopes.
@NullMarked
package dev.chancery.domain.dsse;

import org.jspecify.annotations.NullMarked;
