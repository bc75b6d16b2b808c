/// Many items with one command: bounded memory, results in the order of the items, and a killed batch that goes on where it was.
@NullMarked
package dev.chancery.application.batch;

import org.jspecify.annotations.NullMarked;
