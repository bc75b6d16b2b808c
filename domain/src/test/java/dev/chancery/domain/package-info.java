/// Rules of the domain's values, against published examples.
@NullMarked
package dev.chancery.domain;

import org.jspecify.annotations.NullMarked;
