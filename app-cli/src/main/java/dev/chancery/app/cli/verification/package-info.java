/// What commands that verify share: whom to trust, and how the answer looks.
@NullMarked
package dev.chancery.app.cli.verification;

import org.jspecify.annotations.NullMarked;
