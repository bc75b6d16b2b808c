/// Public keys in one normal form, their ids, and the references by which keys are named.
@NullMarked
package dev.chancery.domain.key;

import org.jspecify.annotations.NullMarked;
