/// RFC 3161 timestamps: CMS signed data (RFC 5652) around a TSTInfo.
@NullMarked
package dev.chancery.adapters.crypto.timestamp;

import org.jspecify.annotations.NullMarked;
