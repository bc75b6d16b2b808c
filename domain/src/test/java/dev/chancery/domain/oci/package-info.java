@NullMarked
package dev.chancery.domain.oci;

import org.jspecify.annotations.NullMarked;
