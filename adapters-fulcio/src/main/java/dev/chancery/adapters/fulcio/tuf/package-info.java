/// TUF mirrors over HTTP, and what was pulled in files.
@NullMarked
package dev.chancery.adapters.fulcio.tuf;

import org.jspecify.annotations.NullMarked;
