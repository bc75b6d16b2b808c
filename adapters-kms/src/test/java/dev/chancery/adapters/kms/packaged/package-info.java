/// Tests of the add-ons as they are shipped.
@NullMarked
package dev.chancery.adapters.kms.packaged;

import org.jspecify.annotations.NullMarked;
