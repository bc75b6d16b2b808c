package dev.chancery.domain.key;

/// The public key that a signature must verify with before it is handed out, and who says so. A public key read from the token that
/// signs proves little about *which* key signed, so the source is part of the value and is shown.
public record ExpectedKey(PublicKey key, Source source) {
    /// Where an expected key came from, the most independent first.
    public enum Source {
        /// Named by the user (`--expect-key`).
        GIVEN("given with --expect-key"),
        /// The certificate beside the private key, on the token or in the key store.
        CERTIFICATE("certificate beside the private key"),
        /// The public key object with the same CKA_ID.
        PUBLIC_OBJECT("public key object on the token"),
        /// The private key's CKA_PUBLIC_KEY_INFO.
        PUBLIC_KEY_INFO("CKA_PUBLIC_KEY_INFO of the private key"),
        /// What the key service says that the key's public half is.
        SERVICE("the key service"),
        /// What the security key said when it made the credential, or says of one that it remembers.
        SECURITY_KEY("the security key"),
        /// Worked out from the private key itself: key files.
        PRIVATE_KEY("computed from the private key");

        private final String description;

        Source(String description) {
            this.description = description;
        }

        /// How it is shown.
        public String description() {
            return description;
        }
    }
}
