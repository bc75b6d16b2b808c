/// What the audit log must do.
@NullMarked
package dev.chancery.adapters.tlog;

import org.jspecify.annotations.NullMarked;
