package dev.chancery.verification;

import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The key that a signature is verified with, and where it comes from.
///
/// @param algorithmOrNull the algorithm that the user named for it
/// @param certificateOrNull the certificate that it comes from; null when the user gave the key
record Signer(PublicKey key, @Nullable SignatureAlgorithm algorithmOrNull, @Nullable SigningCertificate certificateOrNull) {
    static Signer of(Trust.Key trust) {
        return new Signer(trust.key(), trust.algorithmOrNull(), null);
    }

    static Signer of(SigningCertificate certificate) {
        return new Signer(certificate.publicKey(), null, certificate);
    }

    Optional<SignatureAlgorithm> algorithm() {
        return Optional.ofNullable(algorithmOrNull);
    }

    String description() {
        return (certificateOrNull == null ? "the trusted " : "the certificate's ") + key.description() + " key";
    }
}
