@NullMarked
package dev.chancery.adapters.fulcio.http;

import org.jspecify.annotations.NullMarked;
