/// PEM (RFC 7468) inside other documents.
@NullMarked
package dev.chancery.formats.pem;

import org.jspecify.annotations.NullMarked;
