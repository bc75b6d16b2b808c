@NullMarked
package dev.chancery.formats.oci;

import org.jspecify.annotations.NullMarked;
