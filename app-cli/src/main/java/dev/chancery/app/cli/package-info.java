/// The chancery command: where the parts are put together, and a command line becomes a use case.
@NullMarked
package dev.chancery.app.cli;

import org.jspecify.annotations.NullMarked;
