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
/// @param digestsPreferred whether the default is rather one that signs a digest, which is all that transparency logs are shown of a file
/// @param certificateOrNull the certificate that bundles are to carry; null for a hint at the key
public record SigningOptions(KeyAccess access, Expectation expectation, @Nullable SignatureAlgorithm algorithmOrNull, boolean digestsPreferred,
        @Nullable CertificateChoice certificateOrNull) {
    /// With the key's own default, and no certificate.
    public SigningOptions(KeyAccess access, Expectation expectation, @Nullable SignatureAlgorithm algorithmOrNull) {
        this(access, expectation, algorithmOrNull, false, null);
    }

    /// The same, with algorithms that sign a digest preferred: Ed25519ph to pure Ed25519.
    public SigningOptions preferringDigests() {
        return new SigningOptions(access, expectation, algorithmOrNull, true, certificateOrNull);
    }

    /// The same, with bundles that carry a certificate.
    public SigningOptions withCertificate(CertificateChoice choice) {
        return new SigningOptions(access, expectation, algorithmOrNull, digestsPreferred, choice);
    }

    /// The algorithm the user named.
    public Optional<SignatureAlgorithm> algorithm() {
        return Optional.ofNullable(algorithmOrNull);
    }

    /// The certificate that bundles are to carry.
    public Optional<CertificateChoice> certificate() {
        return Optional.ofNullable(certificateOrNull);
    }
}
