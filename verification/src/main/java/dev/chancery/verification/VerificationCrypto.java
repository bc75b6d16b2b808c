package dev.chancery.verification;

import dev.chancery.ports.certificate.CertificatePathValidator;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.certificate.RevocationReader;
import dev.chancery.ports.certificate.TimestampReader;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.SignatureVerifier;

/// What the engine has others compute.
///
/// @param signatures verifies single signatures
/// @param keys reads the keys of trusted roots and log entries
/// @param certificates reads certificates
/// @param paths validates their paths
/// @param timestamps reads and verifies timestamps
/// @param revocations reads and verifies revocation lists and OCSP responses
public record VerificationCrypto(
        SignatureVerifier signatures,
        PublicKeyDecoder keys,
        CertificateReader certificates,
        CertificatePathValidator paths,
        TimestampReader timestamps,
        RevocationReader revocations) {}
