/// The program from the command line down, on real files and real peers.
@NullMarked
package dev.chancery.app.cli;

import org.jspecify.annotations.NullMarked;
