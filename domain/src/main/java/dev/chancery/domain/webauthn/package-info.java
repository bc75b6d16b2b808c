/// Approvals by security keys and passkeys as values (Web Authentication Level 3). Nothing about them is verified by being one.
@NullMarked
package dev.chancery.domain.webauthn;

import org.jspecify.annotations.NullMarked;
