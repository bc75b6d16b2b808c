/// PKCS#11 tokens (v2.40, v3.1) through the module's function list and java.lang.foreign. Layouts are those of Linux and macOS, where
/// CK_ULONG has 8 bytes and structures are not packed.
@NullMarked
package dev.chancery.adapters.pkcs11;

import org.jspecify.annotations.NullMarked;
