@NullMarked
package dev.chancery.adapters.kms.gcp;

import org.jspecify.annotations.NullMarked;
