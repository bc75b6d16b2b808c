package dev.chancery.verification;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.revocation.X509RevocationReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.adapters.crypto.x509.SecurityKeyCertificates;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.verification.attestation.AttestationVerifier;
import dev.chancery.verification.policy.PolicyVerifier;
import java.io.InputStream;
import java.security.Provider;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/// The engine as the program has it, for tests.
public final class Engines {
    /// After everything that tests verify.
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-31T00:00:00Z"), ZoneOffset.UTC);

    private Engines() {}

    /// As for one signature: by the JDK.
    public static VerificationEngine real() {
        return engine(SignatureVerifiers.forOne().verifier(), Optional.empty());
    }

    /// As for batches: by the faster provider.
    static VerificationEngine forMany() {
        return engine(SignatureVerifiers.forMany().verifier(), Optional.of(SignatureVerifiers.providerForMany().orElseThrow()));
    }

    private static VerificationEngine engine(SignatureVerifier verifier, Optional<Provider> provider) {
        return new VerificationEngine(crypto(verifier, provider), CLOCK);
    }

    private static VerificationCrypto crypto(SignatureVerifier verifier, Optional<Provider> provider) {
        SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
        AuthorityPaths paths = new AuthorityPaths(new CertificateSignatures(provider));
        return new VerificationCrypto(verifier, keys, new X509CertificateReader(keys), paths, new Rfc3161TimestampReader(paths), new X509RevocationReader(paths.signatures()));
    }

    /// A verifier of policies, as the program has it, at a time.
    public static PolicyVerifier policies(Clock clock) {
        VerificationCrypto crypto = crypto(SignatureVerifiers.forOne().verifier(), Optional.empty());
        return new PolicyVerifier(new VerificationEngine(crypto, clock), crypto, clock);
    }

    /// What verifies registrations of security keys.
    public static AttestationVerifier attestations() {
        SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
        return new AttestationVerifier(SignatureVerifiers.forOne().verifier(), keys, new SecurityKeyCertificates(keys));
    }

    static CertificateReader reader() {
        return new X509CertificateReader(new SpkiPublicKeyDecoder());
    }

    /// An engine at a time.
    static VerificationEngine at(Instant time) {
        return new VerificationEngine(crypto(SignatureVerifiers.forOne().verifier(), Optional.empty()), Clock.fixed(time, ZoneOffset.UTC));
    }

    public static Target content(Bytes content) {
        return new Target.Content(new ArtifactSource() {
            @Override
            public String name() {
                return "artifact";
            }

            @Override
            public InputStream open() {
                return content.inputStream();
            }
        });
    }
}
