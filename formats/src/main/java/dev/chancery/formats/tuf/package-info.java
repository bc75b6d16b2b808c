/// TUF metadata as JSON (TUF specification 1.0.34 §4), and the canonical JSON that its signatures are over.
///
/// Members that are not known are passed over, as the specification demands (§4.1); they are part of what is signed all the same.
@NullMarked
package dev.chancery.formats.tuf;

import org.jspecify.annotations.NullMarked;
