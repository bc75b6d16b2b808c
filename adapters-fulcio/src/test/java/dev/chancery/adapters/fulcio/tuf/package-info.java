@NullMarked
package dev.chancery.adapters.fulcio.tuf;

import org.jspecify.annotations.NullMarked;
