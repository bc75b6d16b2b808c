/// Options that several commands share.
@NullMarked
package dev.chancery.app.cli.options;

import org.jspecify.annotations.NullMarked;
