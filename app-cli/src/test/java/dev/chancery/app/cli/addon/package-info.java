/// Tests of the loading of add-ons.
@NullMarked
package dev.chancery.app.cli.addon;

import org.jspecify.annotations.NullMarked;
