/// Tests of the testkit itself.
@NullMarked
package dev.chancery.testkit.key;

import org.jspecify.annotations.NullMarked;
