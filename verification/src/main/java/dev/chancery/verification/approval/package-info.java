/// Answers to signing requests: each is held against the request and the policy, and what is good comes together as a quorum.
@NullMarked
package dev.chancery.verification.approval;

import org.jspecify.annotations.NullMarked;
