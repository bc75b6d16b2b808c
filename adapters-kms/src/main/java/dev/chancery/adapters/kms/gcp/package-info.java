/// Keys in Google Cloud KMS, through Google's client (Cloud KMS RPC reference, *package google.cloud.kms.v1*).
///
/// A version has one algorithm. Where a reference names none, the newest enabled one is taken when the key is opened; requests name
/// it, and an answer for another one is thrown away. Requests and answers carry CRC32C checksums (Cloud KMS documentation, *Data
/// integrity guidelines*), and both are checked.
@NullMarked
package dev.chancery.adapters.kms.gcp;

import org.jspecify.annotations.NullMarked;
