/// Text from outside, made safe to show.
@NullMarked
package dev.chancery.domain.text;

import org.jspecify.annotations.NullMarked;
