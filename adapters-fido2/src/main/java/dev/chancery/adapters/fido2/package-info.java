/// Security keys that this program talks to itself: FIDO2 authenticators over PC/SC and Linux hidraw, by CTAP2. They make credentials, and approve
/// payloads as WebAuthn has it (package `dev.chancery.domain.webauthn`), without a browser.
///
/// `fido2:` references, and what is kept of a credential, are described in docs/keys.md.
@NullMarked
package dev.chancery.adapters.fido2;

import org.jspecify.annotations.NullMarked;
