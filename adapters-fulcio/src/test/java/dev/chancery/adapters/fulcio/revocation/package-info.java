/// Tests of where revocation lists and OCSP responses come from.
@NullMarked
package dev.chancery.adapters.fulcio.revocation;

import org.jspecify.annotations.NullMarked;
