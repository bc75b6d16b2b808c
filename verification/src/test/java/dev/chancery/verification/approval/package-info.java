@NullMarked
package dev.chancery.verification.approval;

import org.jspecify.annotations.NullMarked;
