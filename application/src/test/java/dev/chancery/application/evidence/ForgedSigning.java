package dev.chancery.application.evidence;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.revocation.X509RevocationReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampRequests;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.adapters.fulcio.HttpSigstoreServices;
import dev.chancery.adapters.fulcio.http.HttpClients;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.tlog.FileAuditLog;
import dev.chancery.application.AuditContext;
import dev.chancery.application.evidence.SignWithEvidence.TokenSource;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.signing.Expectation;
import dev.chancery.application.signing.SignArtifact;
import dev.chancery.application.signing.SignedBundle;
import dev.chancery.application.signing.SignedThings;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.identity.IdentityToken;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.ProofSubject;
import dev.chancery.domain.trust.Service;
import dev.chancery.domain.trust.ServiceGroup;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedInstance;
import dev.chancery.testkit.forge.ForgedInstance.Place;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.testkit.key.MemoryKeyBackend;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Keyless signing put together from real parts against the forging kit's services.
final class ForgedSigning implements AutoCloseable {
    static final String TOKEN = "eyJhbGciOiJub25lIn0.made-up-token-4711.signature";
    static final String CONTENT = "the artifact\n";
    static final Instant NOW = ForgedCertificate.START.plusSeconds(3);
    /// Enough for a request on a slow machine, and little enough for a test of what never answers.
    static final Duration BUDGET = Duration.ofSeconds(5);

    final ForgedServices services = ForgedServices.make();
    final TrustedRoot root = services.trustedRoot();
    final ForgedInstance instance = ForgedInstance.start(services);
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final FileAuditLog audit;
    final VerificationCrypto crypto;
    private final SignWithEvidence signing;
    private final SigningPath path;
    private final KeyBackends backends;

    ForgedSigning(Path log) {
        this(log, NOW);
    }

    /// @param now by this machine's clock
    ForgedSigning(Path log, Instant now) {
        MemoryKeyBackend keys = MemoryKeyBackend.protectedBy(SignedThings.PIN);
        keys.add("release", KeySpec.P_256);
        backends = new KeyBackends(List.of(keys));
        audit = FileAuditLog.at(log);
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        AuditContext context = new AuditContext(clock, "tester");
        SpkiPublicKeyDecoder decoder = new SpkiPublicKeyDecoder();
        AuthorityPaths paths = new AuthorityPaths(new CertificateSignatures(Optional.empty()));
        crypto = new VerificationCrypto(SignatureVerifiers.forOne().verifier(), decoder, new X509CertificateReader(decoder), paths,
                new Rfc3161TimestampReader(paths), new X509RevocationReader(paths.signatures()));
        path = new SigningPath(crypto.signatures(), audit, context);
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(_ -> null), pauses::add, new Random(4711), clock, this::nanoTime);
        signing = new SignWithEvidence(backends, path, new HttpSigstoreServices(http, clock), new Rfc3161TimestampRequests(), crypto, context);
    }

    /// Pauses take their time without being waited for.
    private long nanoTime() {
        synchronized (pauses) {
            return System.nanoTime() + pauses.stream().mapToLong(Duration::toNanos).sum();
        }
    }

    /// A service of the instance, each with an operator of its own.
    Service service(Place place, long version) {
        return new Service(instance.url(place), version, new ValidityWindow(Instant.EPOCH, null), place.name());
    }

    SigningConfig config(ServiceGroup logs) {
        return new SigningConfig(List.of(service(Place.CERTIFICATES, 1)), List.of(), logs,
                new ServiceGroup(List.of(service(Place.TIMESTAMPS, 1)), new ServiceGroup.Selection.Any()));
    }

    SigningConfig secondLog() {
        return config(new ServiceGroup(List.of(service(Place.SECOND_LOG, 2)), new ServiceGroup.Selection.Any()));
    }

    SigningConfig firstLog() {
        return config(new ServiceGroup(List.of(service(Place.FIRST_LOG, 1)), new ServiceGroup.Selection.Any()));
    }

    EvidenceOptions options(SigningConfig config) {
        return new EvidenceOptions(config, root, BUDGET);
    }

    SignedBundle keyless(SigningConfig config) throws ProblemException {
        return keyless(config, BUDGET);
    }

    SignedBundle keyless(SigningConfig config, Duration budget) throws ProblemException {
        TokenSource token = () -> new IdentityToken(new IdentityToken.Claims(ForgedCertificate.ISSUER, new ProofSubject(ForgedCertificate.NAME),
                true, List.of("sigstore"), NOW, NOW.plusSeconds(60)), TOKEN);
        return sign(config, Optional.of(token), budget);
    }

    SignedBundle keyed(SigningConfig config) throws ProblemException {
        return sign(config, Optional.empty(), BUDGET);
    }

    private SignedBundle sign(SigningConfig config, Optional<TokenSource> token, Duration budget) throws ProblemException {
        SignArtifact artifacts = new SignArtifact(backends, path);
        return signing.sign(KeyRef.parse("memory:release"), SignedThings.options(new Expectation.FromBackend(), null),
                new EvidenceOptions(config, root, budget), token,
                session -> artifacts.task(session, SignedThings.artifact("a.txt", CONTENT)));
    }

    SigstoreBundle resume(PendingSignature pending, SigningConfig config) throws EvidenceException {
        return signing.resume(pending, options(config)).bundle();
    }

    /// As a stranger verifies it.
    VerificationResult verify(SigstoreBundle bundle) {
        return new VerificationEngine(crypto, Clock.fixed(NOW, ZoneOffset.UTC)).verify(new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(bundle)),
                new Target.Content(SignedThings.artifact("a.txt", CONTENT)),
                new Trust.Identity(new IdentityPolicy(new TextMatch.Exact(ForgedCertificate.NAME), new TextMatch.Exact(ForgedCertificate.ISSUER)), root),
                new Expectations(null)));
    }

    @Override
    public void close() {
        instance.close();
    }
}
