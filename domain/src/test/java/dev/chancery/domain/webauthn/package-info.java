@NullMarked
package dev.chancery.domain.webauthn;

import org.jspecify.annotations.NullMarked;
