@NullMarked
package dev.chancery.adapters.oci.layout;

import org.jspecify.annotations.NullMarked;
