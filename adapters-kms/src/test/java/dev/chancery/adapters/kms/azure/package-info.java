@NullMarked
package dev.chancery.adapters.kms.azure;

import org.jspecify.annotations.NullMarked;
