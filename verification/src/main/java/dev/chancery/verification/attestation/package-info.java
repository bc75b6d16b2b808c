/// What security keys say of the credentials that they make: the registration (WebAuthn L3 §7.1) and its attestation statement (§8), and the FIDO metadata
/// service's word on models of security keys.
@NullMarked
package dev.chancery.verification.attestation;

import org.jspecify.annotations.NullMarked;
