package dev.chancery.fuzz;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.revocation.X509RevocationReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.testkit.peers.PeerFiles;
import dev.chancery.verification.IdentityPolicy;
import dev.chancery.verification.Target;
import dev.chancery.verification.TextMatch;
import dev.chancery.verification.Trust;
import dev.chancery.verification.VerificationCrypto;
import dev.chancery.verification.VerificationEngine;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// The engine as the program has it, and what real peers wrote, to start from.
final class Verifying {
    static final SpkiPublicKeyDecoder KEYS = new SpkiPublicKeyDecoder();
    static final X509CertificateReader CERTIFICATES = new X509CertificateReader(KEYS);
    private static final AuthorityPaths PATHS = new AuthorityPaths(new CertificateSignatures(Optional.empty()));
    static final Rfc3161TimestampReader TIMESTAMPS = new Rfc3161TimestampReader(PATHS);
    static final X509RevocationReader REVOCATIONS = new X509RevocationReader(PATHS.signatures());
    static final VerificationEngine ENGINE = new VerificationEngine(
            new VerificationCrypto(SignatureVerifiers.forOne().verifier(), KEYS, CERTIFICATES, PATHS, TIMESTAMPS, REVOCATIONS),
            Clock.fixed(Instant.parse("2026-12-31T00:00:00Z"), ZoneOffset.UTC));

    private Verifying() {}

    static Stream<Arguments> bundles() {
        return Stream.concat(PeerFiles.KEYLESS.stream(), PeerFiles.KEYED.stream()).map(name -> Arguments.of((Object) PeerFiles.bundle(name).toByteArray()));
    }

    static Target artifact(Bytes content) {
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

    static Trust key() throws Exception {
        return new Trust.Key(KEYS.decodePem(PeerFiles.read(PeerFiles.KEY)), null, TrustedRootCodec.read(PeerFiles.read("trusted-root-v2.json")));
    }

    static Trust identity() throws Exception {
        return new Trust.Identity(new IdentityPolicy(new TextMatch.Exact(PeerFiles.IDENTITY), new TextMatch.Exact(PeerFiles.ISSUER)),
                TrustedRootCodec.read(PeerFiles.read("trusted-root-v2.json")));
    }
}
