/// Makes later starts of the program quick: `bin/chancery-prepare` runs this once after unpacking.
///
/// The virtual machine keeps what a rehearsal has loaded and linked in a file (an AOT cache, JEP 483 and 514), and maps it at the next
/// start. It leaves out classes of signed jars and of the format of Java 5, which are the command line's parser and the interface under
/// all of Dagger's factories; so jars that have such classes are copied, in today's format and without signatures ([JarCopies]). What
/// ships is not touched, and without all this the program runs as well, only slower.
@NullMarked
package dev.chancery.app.cli.start;

import org.jspecify.annotations.NullMarked;
