@NullMarked
package dev.chancery.formats.approval;

import org.jspecify.annotations.NullMarked;
