/// Keyrings (docs/formats.md, *Keyrings*).
@NullMarked
package dev.chancery.formats.keyring;

import org.jspecify.annotations.NullMarked;
