/// Tests of policy.
@NullMarked
package dev.chancery.domain.policy;

import org.jspecify.annotations.NullMarked;
