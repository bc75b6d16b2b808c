/// The one way to sign: resolve, build the bytes, authorise, sign, verify, write down, hand out.
@NullMarked
package dev.chancery.application.signing;

import org.jspecify.annotations.NullMarked;
