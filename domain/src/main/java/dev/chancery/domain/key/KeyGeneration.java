package dev.chancery.domain.key;

/// What key to make.
///
/// @param spec its kind
/// @param fileFormat how a key file is written; tokens and services take no notice of it
public record KeyGeneration(KeySpec spec, FileFormat fileFormat) {
    /// The forms of a private key file.
    public enum FileFormat {
        /// `ENCRYPTED SIGSTORE PRIVATE KEY`: scrypt and XSalsa20-Poly1305, as cosign writes and reads it.
        SIGSTORE,
        /// `ENCRYPTED PRIVATE KEY`: PKCS#8 with PBES2 (RFC 8018 §6.2), which OpenSSL reads.
        PKCS8_ENCRYPTED,
        /// `PRIVATE KEY`: PKCS#8 without encryption (RFC 5958). For machines whose disk is the protection.
        PKCS8_PLAIN
    }
}
