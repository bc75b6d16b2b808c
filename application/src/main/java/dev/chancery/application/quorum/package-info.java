/// Signatures of several people over one payload: made together, put together, taken apart.
@NullMarked
package dev.chancery.application.quorum;

import org.jspecify.annotations.NullMarked;
