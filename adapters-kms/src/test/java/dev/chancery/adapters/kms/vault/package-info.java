@NullMarked
package dev.chancery.adapters.kms.vault;

import org.jspecify.annotations.NullMarked;
