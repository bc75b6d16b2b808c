/// What goes wrong when documents are read.
@NullMarked
package dev.chancery.formats;

import org.jspecify.annotations.NullMarked;
