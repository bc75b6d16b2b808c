/// PKCS#11 tokens (v2.40, v3.1) through the module's function list and java.lang.foreign. Layouts are those of Linux and macOS, where
/// CK_ULONG has 8 bytes and structures are not packed.
///
/// From the outside in: [Pkcs11Backend] and [TokenCustodian] find tokens ([Tokens]) and keys ([KeyOpener]). A [TokenConnection] is one token
/// as this process uses it: one login ([LoginEpoch]), threads with deadlines ([Lanes]), what is known of its PIN ([PinMemory]). A
/// [TokenModule] is the module, which runs here ([NativeCryptoki]) or in a helper process ([RemoteCryptoki], [ModuleHost]).
@NullMarked
package dev.chancery.adapters.pkcs11;

import org.jspecify.annotations.NullMarked;
