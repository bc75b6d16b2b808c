/// The project's file of a pipeline: read only when the command line names it.
@NullMarked
package dev.chancery.app.cli.pipeline;

import org.jspecify.annotations.NullMarked;
