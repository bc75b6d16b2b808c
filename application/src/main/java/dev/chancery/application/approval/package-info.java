/// Signing requests: made, and approved by officers.
@NullMarked
package dev.chancery.application.approval;

import org.jspecify.annotations.NullMarked;
