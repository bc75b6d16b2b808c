/// Keys in the transit engine of HashiCorp Vault and OpenBao, through its HTTP API (Vault API documentation, *Transit secrets engine*).
///
/// The newest version of a key is settled when it is opened, and each request names it, so that a rotation in between changes
/// nothing; an answer by another version is thrown away.
@NullMarked
package dev.chancery.adapters.kms.vault;

import org.jspecify.annotations.NullMarked;
