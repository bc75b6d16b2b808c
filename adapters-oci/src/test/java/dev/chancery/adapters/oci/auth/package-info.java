@NullMarked
package dev.chancery.adapters.oci.auth;

import org.jspecify.annotations.NullMarked;
