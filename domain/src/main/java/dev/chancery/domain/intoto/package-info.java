/// in-toto attestation framework: Statement v1 and its subjects.
@NullMarked
package dev.chancery.domain.intoto;

import org.jspecify.annotations.NullMarked;
