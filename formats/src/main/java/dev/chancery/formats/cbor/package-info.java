/// CBOR as CTAP2 has it: the canonical form of FIDO CTAP 2.1 §8, a small part of RFC 8949.
@NullMarked
package dev.chancery.formats.cbor;

import org.jspecify.annotations.NullMarked;
