package dev.chancery.verifier;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.revocation.X509RevocationReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.adapters.crypto.x509.SecurityKeyCertificates;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.policy.PolicyCodec;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.condition.ConditionCompiler;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.IdentityPolicy;
import dev.chancery.verification.Target;
import dev.chancery.verification.TextMatch;
import dev.chancery.verification.Trust;
import dev.chancery.verification.VerificationCrypto;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.attestation.AttestationVerifier;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.Offered;
import dev.chancery.verification.policy.PolicyBinder;
import dev.chancery.verification.policy.PolicyResult;
import dev.chancery.verification.policy.PolicyVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// Verifies artifacts. Thread-safe: make one and keep it, since what is read of trusted roots is kept with it. Opens no socket; blocks only
/// for files.
public final class Verifier {
    private final SpkiPublicKeyDecoder keys;
    private final VerificationEngine engine;
    private final PolicyVerifier policies;
    private final PolicyBinder binder;

    private Verifier(Clock clock) {
        keys = new SpkiPublicKeyDecoder();
        AuthorityPaths paths = new AuthorityPaths(new CertificateSignatures(SignatureVerifiers.providerForMany()));
        VerificationCrypto crypto = new VerificationCrypto(SignatureVerifiers.forMany().verifier(), keys, new X509CertificateReader(keys), paths,
                new Rfc3161TimestampReader(paths), new X509RevocationReader(paths.signatures()));
        engine = new VerificationEngine(crypto, clock);
        policies = new PolicyVerifier(engine, crypto, clock);
        binder = new PolicyBinder(keys, new AttestationVerifier(crypto.signatures(), keys, new SecurityKeyCertificates(keys)), () -> ServiceLoader.load(ConditionCompiler.class).findFirst().orElseThrow(() ->
                new IllegalStateException("the policy has conditions: add chancery-adapters-cel to the class path")));
    }

    /// A verifier with the fastest cryptography that this machine has.
    ///
    /// @param clock what evidence is held against: evidence from later than now means that the clock is wrong. It is no evidence itself
    public static Verifier create(Clock clock) {
        return new Verifier(clock);
    }

    /// Trust in a public key, without logs or timestamps.
    ///
    /// @param pem a file with one `PUBLIC KEY` block
    /// @throws ProblemException when it is anything else
    /// @throws IOException when it can't be read
    public Trust key(Path pem) throws ProblemException, IOException {
        return new Trust.Key(keys.decodePem(read(pem, PublicKeyDecoder.MAX_LENGTH)), null);
    }

    /// Trust in certificates for a name, to the character, by the authorities of a trusted root.
    ///
    /// @param name an e-mail address or URI
    /// @param issuer who vouched for the name
    public Trust identity(String name, String issuer, TrustedRoot root) {
        return new Trust.Identity(new IdentityPolicy(new TextMatch.Exact(name), new TextMatch.Exact(issuer)), root);
    }

    /// Reads a trusted root.
    ///
    /// @throws ProblemException when it isn't one
    /// @throws IOException when it can't be read
    public TrustedRoot trustedRoot(Path json) throws ProblemException, IOException {
        return TrustedRootCodec.read(read(json, TrustedRoot.MAX_LENGTH));
    }

    /// Reads a policy (docs/policy.md).
    ///
    /// @throws ProblemException when it isn't one, or something in it can't be used
    /// @throws IOException when it can't be read
    /// @throws IllegalStateException when it has conditions and `chancery-adapters-cel` is not on the class path
    public BoundPolicy policy(Path yaml, TrustedRoot root) throws ProblemException, IOException {
        return binder.bind(PolicyCodec.read(read(yaml, VerificationPolicy.MAX_LENGTH)), yaml.toString(), root);
    }

    /// Verifies a file by a bundle, with the evidence that is usual for the trust.
    ///
    /// @throws IOException when the bundle can't be read, or is longer than [QuorumBundle#MAX_LENGTH]. That the artifact can't be read is an
    ///     answer: *unknown*
    public VerificationResult verify(Path artifact, Path bundle, Trust trust) throws IOException {
        return verify(new VerificationRequest(bundle(bundle), target(artifact), trust, new Expectations(null)));
    }

    /// Verifies whatever is asked: attestations of a type, digests, other requirements.
    public VerificationResult verify(VerificationRequest request) {
        return engine.verify(request);
    }

    /// Verifies a file by bundles and a policy.
    ///
    /// @throws IOException when a bundle can't be read, or is longer than [QuorumBundle#MAX_LENGTH]
    /// @throws IllegalArgumentException when there are more bundles than [PolicyVerifier#MAX_EVIDENCE]
    public PolicyResult verify(Path artifact, List<Path> bundles, BoundPolicy policy) throws IOException {
        List<Offered> offered = new ArrayList<>();
        for (Path each : bundles) {
            offered.add(new Offered(each.toString(), bundle(each)));
        }
        return policies.verify(offered, target(artifact), List.of(policy));
    }

    private static Evidence bundle(Path file) throws IOException {
        return new Evidence.BundleBytes(read(file, QuorumBundle.MAX_LENGTH));
    }

    private static Target target(Path file) {
        return new Target.Content(new ArtifactSource() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        });
    }

    private static Bytes read(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Bytes.readUpTo(in, limit).orElseThrow(() -> new IOException(file + " is longer than " + limit + " bytes"));
        }
    }
}
