package dev.chancery.verification;

import dev.chancery.adapters.crypto.JdkSignatureVerifier;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.domain.bytes.Bytes;

/// The engine as the program has it, for tests.
final class Engines {
    private Engines() {}

    static VerificationEngine real() {
        SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
        AuthorityPaths paths = new AuthorityPaths();
        return new VerificationEngine(new VerificationCrypto(new JdkSignatureVerifier(), keys, new X509CertificateReader(keys), paths,
                new Rfc3161TimestampReader(paths)));
    }

    static Target content(Bytes content) {
        return new Target.Content(new dev.chancery.ports.artifact.ArtifactSource() {
            @Override
            public String name() {
                return "artifact";
            }

            @Override
            public java.io.InputStream open() {
                return content.inputStream();
            }
        });
    }
}
