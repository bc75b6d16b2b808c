/// Tests of the reader of project files.
@NullMarked
package dev.chancery.formats.pipeline;

import org.jspecify.annotations.NullMarked;
