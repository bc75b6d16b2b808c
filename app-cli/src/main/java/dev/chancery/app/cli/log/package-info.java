/// The commands that read transparency logs.
@NullMarked
package dev.chancery.app.cli.log;

import org.jspecify.annotations.NullMarked;
