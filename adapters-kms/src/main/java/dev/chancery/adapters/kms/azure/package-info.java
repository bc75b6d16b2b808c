/// Keys in Azure Key Vault and managed HSMs, through Microsoft's client (Azure Key Vault REST API reference, *Keys*).
///
/// The current version is settled when a key is opened and pinned in what is recorded; requests name it, and an answer for another
/// one is thrown away. There are no EdDSA and no ML-DSA keys. ECDSA comes as r ‖ s and is turned into DER.
@NullMarked
package dev.chancery.adapters.kms.azure;

import org.jspecify.annotations.NullMarked;
