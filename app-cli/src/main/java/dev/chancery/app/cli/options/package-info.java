/// Options that several commands share, and the refusal of a command line that cannot be carried out.
@NullMarked
package dev.chancery.app.cli.options;

import org.jspecify.annotations.NullMarked;
