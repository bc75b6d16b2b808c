/// Files, terminals and prompts.
@NullMarked
package dev.chancery.app.cli.io;

import org.jspecify.annotations.NullMarked;
