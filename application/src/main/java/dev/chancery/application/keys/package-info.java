/// Finding keys by their references, and looking after them: generate, list, show.
@NullMarked
package dev.chancery.application.keys;

import org.jspecify.annotations.NullMarked;
