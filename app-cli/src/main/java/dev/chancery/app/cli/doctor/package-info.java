/// Looks at what the program depends on besides its own code.
@NullMarked
package dev.chancery.app.cli.doctor;

import org.jspecify.annotations.NullMarked;
