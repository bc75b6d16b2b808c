/// The lab's stand-ins for key services.
@NullMarked
package dev.chancery.adapters.kms.lab;

import org.jspecify.annotations.NullMarked;
