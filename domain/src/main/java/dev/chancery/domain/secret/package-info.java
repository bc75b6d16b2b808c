/// PINs and passphrases: closeable, never printed, read only with a token that shows in a search.
@NullMarked
package dev.chancery.domain.secret;

import org.jspecify.annotations.NullMarked;
