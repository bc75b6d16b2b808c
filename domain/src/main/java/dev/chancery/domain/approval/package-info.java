/// Signing requests and what officers answer to them, as values. Nothing about them is verified by being one.
@NullMarked
package dev.chancery.domain.approval;

import org.jspecify.annotations.NullMarked;
