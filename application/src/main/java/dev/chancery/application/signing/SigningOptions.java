package dev.chancery.application.signing;

import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyAccess;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How to sign, whatever is signed.
///
/// @param access how the key may be opened, and how long one operation may take
/// @param expectation what the user says about the key
/// @param algorithmOrNull the algorithm the user named; null for the key's default
/// @param certificateOrNull the certificate that bundles are to carry; null for a hint at the key
public record SigningOptions(KeyAccess access, Expectation expectation, @Nullable SignatureAlgorithm algorithmOrNull,
        @Nullable CertificateChoice certificateOrNull) {
    /// The algorithm the user named.
    public Optional<SignatureAlgorithm> algorithm() {
        return Optional.ofNullable(algorithmOrNull);
    }

    /// The certificate that bundles are to carry.
    public Optional<CertificateChoice> certificate() {
        return Optional.ofNullable(certificateOrNull);
    }
}
