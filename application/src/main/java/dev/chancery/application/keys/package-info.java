/// Finding keys by their references, and looking after them: generate, list, show, ask for evidence, destroy.
@NullMarked
package dev.chancery.application.keys;

import org.jspecify.annotations.NullMarked;
