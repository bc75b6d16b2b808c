package dev.chancery.verification;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.io.InputStream;
import java.security.Provider;
import java.util.Optional;

/// The engine as the program has it, for tests.
final class Engines {
    private Engines() {}

    /// As for one signature: by the JDK.
    static VerificationEngine real() {
        return engine(SignatureVerifiers.forOne().verifier(), Optional.empty());
    }

    /// As for batches: by the faster provider.
    static VerificationEngine forMany() {
        return engine(SignatureVerifiers.forMany().verifier(), Optional.of(SignatureVerifiers.providerForMany().orElseThrow()));
    }

    private static VerificationEngine engine(SignatureVerifier verifier, Optional<Provider> provider) {
        SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
        AuthorityPaths paths = new AuthorityPaths(new CertificateSignatures(provider));
        return new VerificationEngine(new VerificationCrypto(verifier, keys, new X509CertificateReader(keys), paths, new Rfc3161TimestampReader(paths)));
    }

    static Target content(Bytes content) {
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
