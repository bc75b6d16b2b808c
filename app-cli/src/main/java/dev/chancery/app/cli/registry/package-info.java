/// What commands do with references to OCI content.
@NullMarked
package dev.chancery.app.cli.registry;

import org.jspecify.annotations.NullMarked;
