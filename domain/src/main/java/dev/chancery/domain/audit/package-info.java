/// What is written down about every signature before it leaves the program.
@NullMarked
package dev.chancery.domain.audit;

import org.jspecify.annotations.NullMarked;
