@NullMarked
package dev.chancery.adapters.kms.aws;

import org.jspecify.annotations.NullMarked;
