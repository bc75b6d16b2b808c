/// Metadata of The Update Framework (TUF specification 1.0.34 §4): who may say which files are current, and which they are. None of it is
/// verified by being one of these values.
@NullMarked
package dev.chancery.domain.tuf;

import org.jspecify.annotations.NullMarked;
