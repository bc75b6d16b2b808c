package dev.chancery.adapters.crypto.x509;

import java.util.Map;
import java.util.Optional;

/// The JDK's names of the signature algorithms of timestamps, revocation lists and OCSP responses (RFC 5754, RFC 5480 §2, RFC 8410).
public final class SignatureNames {
    private static final Map<String, String> NAMES = Map.of(
            "1.2.840.10045.4.3.2", "SHA256withECDSA",
            "1.2.840.10045.4.3.3", "SHA384withECDSA",
            "1.2.840.10045.4.3.4", "SHA512withECDSA",
            "1.2.840.113549.1.1.11", "SHA256withRSA",
            "1.2.840.113549.1.1.12", "SHA384withRSA",
            "1.2.840.113549.1.1.13", "SHA512withRSA",
            "1.3.101.112", "Ed25519");

    private SignatureNames() {}

    /// The name of the algorithm with an object identifier; nothing for one that isn't verified here.
    public static Optional<String> of(String oid) {
        return Optional.ofNullable(NAMES.get(oid));
    }
}
