/// Sigstore's services: certificate authorities, transparency logs and timestamp authorities. They answer over a network, so every call
/// blocks, has a budget of time that its retries share, and may be told anything: what comes back is well-formed and *not verified*.
@NullMarked
package dev.chancery.ports.sigstore;

import org.jspecify.annotations.NullMarked;
