package dev.chancery.adapters.crypto.timestamp;

import dev.chancery.adapters.crypto.x509.SignatureNames;
import dev.chancery.domain.digest.HashAlgorithm;
import java.util.Map;
import java.util.Optional;

/// The algorithms that timestamps are signed with (RFC 5754, RFC 5480 §2), by their object identifiers.
final class CmsAlgorithms {
    static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";

    private static final Map<String, HashAlgorithm> HASHES = Map.of(
            "2.16.840.1.101.3.4.2.1", HashAlgorithm.SHA_256,
            "2.16.840.1.101.3.4.2.2", HashAlgorithm.SHA_384,
            "2.16.840.1.101.3.4.2.3", HashAlgorithm.SHA_512);

    private CmsAlgorithms() {}

    static Optional<HashAlgorithm> hash(String oid) {
        return Optional.ofNullable(HASHES.get(oid));
    }

    /// The JDK's name of a signature algorithm; with `rsaEncryption` the hash is the digest algorithm's (RFC 5754 §3.2).
    static Optional<String> signature(String oid, HashAlgorithm digest) {
        if (oid.equals(RSA_ENCRYPTION)) {
            return Optional.of(digest.jcaName().replace("-", "") + "withRSA");
        }
        return SignatureNames.of(oid);
    }
}
