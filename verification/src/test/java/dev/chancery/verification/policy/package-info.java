/// Tests of policies.
@NullMarked
package dev.chancery.verification.policy;

import org.jspecify.annotations.NullMarked;
