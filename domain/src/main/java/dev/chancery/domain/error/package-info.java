/// What a user is told when something does not work: stable codes, exit statuses, and three lines of text.
@NullMarked
package dev.chancery.domain.error;

import org.jspecify.annotations.NullMarked;
