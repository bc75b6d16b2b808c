/// One class for each subcommand.
@NullMarked
package dev.chancery.app.cli.command;

import org.jspecify.annotations.NullMarked;
