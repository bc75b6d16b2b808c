@NullMarked
package dev.chancery.domain.approval;

import org.jspecify.annotations.NullMarked;
