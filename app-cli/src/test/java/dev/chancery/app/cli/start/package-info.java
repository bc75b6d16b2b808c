/// Tests of what makes the program start quickly.
@NullMarked
package dev.chancery.app.cli.start;

import org.jspecify.annotations.NullMarked;
