/// Fetches revocation lists and OCSP responses over plain HTTP, and keeps them in a folder.
@NullMarked
package dev.chancery.adapters.fulcio.revocation;

import org.jspecify.annotations.NullMarked;
