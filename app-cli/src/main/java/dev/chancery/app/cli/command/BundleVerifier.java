package dev.chancery.app.cli.command;

import static dev.chancery.domain.signing.SignatureAlgorithm.ECDSA_P256_SHA_256;
import static dev.chancery.domain.signing.SignatureAlgorithm.ECDSA_P384_SHA_256;
import static dev.chancery.domain.signing.SignatureAlgorithm.ECDSA_P384_SHA_384;
import static dev.chancery.domain.signing.SignatureAlgorithm.ECDSA_P521_SHA_512;
import static dev.chancery.domain.signing.SignatureAlgorithm.ED25519;
import static dev.chancery.domain.signing.SignatureAlgorithm.RSA_PKCS1_SHA_256;

import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.List;
import java.util.Set;

/// Who takes bundles that name a public key, by algorithm. Measured, not read in manuals: `BundleVerifierTest` has cosign, sigstore-go
/// and sigstore-js say it again.
///
/// @param title what it is called
/// @param files the algorithms of which it takes the bundles of `chancery sign`
/// @param statements the algorithms of which it takes the bundles of `chancery attest`
record BundleVerifier(String title, Set<SignatureAlgorithm> files, Set<SignatureAlgorithm> statements) {
    /// Those that users ask about.
    static final List<BundleVerifier> ALL = List.of(
            new BundleVerifier("Chancery", Set.of(SignatureAlgorithm.values()), Set.of(SignatureAlgorithm.values())),
            new BundleVerifier("cosign 3", Set.of(ECDSA_P256_SHA_256, ECDSA_P384_SHA_256, ED25519, RSA_PKCS1_SHA_256),
                    Set.of(ECDSA_P256_SHA_256, ECDSA_P384_SHA_256, ED25519, RSA_PKCS1_SHA_256)),
            new BundleVerifier("sigstore-go", Set.of(ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P521_SHA_512, ED25519, RSA_PKCS1_SHA_256),
                    Set.of(ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P521_SHA_512, ED25519, RSA_PKCS1_SHA_256)),
            // statements with SHA-256 whatever the curve, files with the digest that the bundle names
            new BundleVerifier("sigstore-js", Set.of(ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P384_SHA_256, ECDSA_P521_SHA_512, RSA_PKCS1_SHA_256),
                    Set.of(ECDSA_P256_SHA_256, ECDSA_P384_SHA_256, ED25519, RSA_PKCS1_SHA_256)),
            new BundleVerifier("sigstore-python", Set.of(), Set.of())); // it takes certificates with log entries, and no public keys

    BundleVerifier {
        files = Set.copyOf(files);
        statements = Set.copyOf(statements);
    }

    /// Which bundles of an algorithm it takes, in a word.
    String takes(SignatureAlgorithm algorithm) {
        if (files.contains(algorithm) && statements.contains(algorithm)) {
            return "all";
        }
        return files.contains(algorithm) ? "files" : statements.contains(algorithm) ? "statements" : "none";
    }
}
