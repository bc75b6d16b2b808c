/// What hangs on an image or another OCI artifact, verified with the one engine and counted together.
@NullMarked
package dev.chancery.verification.image;

import org.jspecify.annotations.NullMarked;
