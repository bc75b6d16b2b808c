/// What the use cases share.
@NullMarked
package dev.chancery.application;

import org.jspecify.annotations.NullMarked;
