/// Fuzz targets: whatever the input, each parser ends in a value or a refusal, and what it read it writes again.
@NullMarked
package dev.chancery.fuzz;

import org.jspecify.annotations.NullMarked;
