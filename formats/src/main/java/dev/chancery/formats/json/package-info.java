/// Strict JSON: values, reading, writing.
@NullMarked
package dev.chancery.formats.json;

import org.jspecify.annotations.NullMarked;
