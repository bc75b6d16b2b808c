/// in-toto statements as JSON.
@NullMarked
package dev.chancery.formats.intoto;

import org.jspecify.annotations.NullMarked;
