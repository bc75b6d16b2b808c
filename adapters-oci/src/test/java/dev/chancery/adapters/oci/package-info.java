@NullMarked
package dev.chancery.adapters.oci;

import org.jspecify.annotations.NullMarked;
