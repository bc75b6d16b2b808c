package dev.chancery.app.cli;

import dagger.Module;
import dagger.Provides;
import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.csr.Pkcs10Requests;
import dev.chancery.adapters.crypto.revocation.X509RevocationReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampRequests;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.adapters.crypto.x509.SecurityKeyCertificates;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.adapters.fido2.Fido2Backend;
import dev.chancery.adapters.fulcio.HttpSigstoreServices;
import dev.chancery.adapters.fulcio.http.HttpClients;
import dev.chancery.adapters.fulcio.http.Pause;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.oidc.BrowserLogin;
import dev.chancery.adapters.fulcio.oidc.CiIdentities;
import dev.chancery.adapters.fulcio.oidc.DeviceLogin;
import dev.chancery.adapters.fulcio.oidc.LoginSettings;
import dev.chancery.adapters.fulcio.revocation.HttpRevocations;
import dev.chancery.adapters.fulcio.tuf.FileTufStore;
import dev.chancery.adapters.fulcio.tuf.HttpTufMirror;
import dev.chancery.adapters.fulcio.tuf.PublicGoodRoot;
import dev.chancery.adapters.keys.EphemeralKeyBackend;
import dev.chancery.adapters.keys.KeyFileBackend;
import dev.chancery.adapters.keys.Pkcs12Backend;
import dev.chancery.adapters.keys.jca.JcaBackend;
import dev.chancery.adapters.keys.jca.JcaConfiguration;
import dev.chancery.adapters.pkcs11.Pkcs11Backend;
import dev.chancery.adapters.pkcs11.Pkcs11Settings;
import dev.chancery.adapters.tlog.FileAuditLog;
import dev.chancery.app.cli.addon.AddOnBackend;
import dev.chancery.app.cli.addon.AddOnFolder;
import dev.chancery.app.cli.evidence.Browser;
import dev.chancery.app.cli.evidence.IdentitySources;
import dev.chancery.app.cli.evidence.TrustStores;
import dev.chancery.app.cli.io.TerminalTouch;
import dev.chancery.app.cli.log.LogAccess;
import dev.chancery.app.cli.verification.RevocationSources;
import dev.chancery.application.AuditContext;
import dev.chancery.application.approval.ApproveRequest;
import dev.chancery.application.approval.MakeRequest;
import dev.chancery.application.approval.SecurityKeyApproval;
import dev.chancery.application.evidence.EvidenceOptions;
import dev.chancery.application.evidence.PendingCodec;
import dev.chancery.application.evidence.SignWithEvidence;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.keys.KeyKeeper;
import dev.chancery.application.quorum.SignTogether;
import dev.chancery.application.registry.Attachments;
import dev.chancery.application.registry.FileArtifacts;
import dev.chancery.application.registry.SignReferences;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.RequestCertificate;
import dev.chancery.application.signing.SignArtifact;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.certificate.CertificatePathValidator;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.condition.ConditionCompiler;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.ports.identity.IdentitySource;
import dev.chancery.ports.key.AssertionKeys;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyBackendProvider;
import dev.chancery.ports.sigstore.SigstoreServices;
import dev.chancery.ports.trust.TrustSourceException;
import dev.chancery.ports.trust.TufMirror;
import dev.chancery.ports.trust.TufStore;
import dev.chancery.verification.BundleInspector;
import dev.chancery.verification.LogCheck;
import dev.chancery.verification.VerificationCrypto;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.approval.AnswerVerifier;
import dev.chancery.verification.attestation.AttestationVerifier;
import dev.chancery.verification.attestation.MetadataReader;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.policy.PolicyBinder;
import dev.chancery.verification.policy.PolicyLint;
import dev.chancery.verification.policy.PolicyVerifier;
import dev.chancery.verification.tuf.TufClient;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.inject.Named;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// How the parts are put together: the only place that names adapters.
@Module
final class ChanceryModule {
    private ChanceryModule() {}

    @Provides
    @Named("environment")
    static Function<String, @Nullable String> environment() {
        return System::getenv;
    }

    @Provides
    @Named("stdin")
    @SuppressWarnings("CloseableProvides") // standard input belongs to the process
    static InputStream standardInput() {
        return System.in;
    }

    @Provides
    @Singleton
    static AuditContext auditContext() {
        return new AuditContext(clock(), System.getProperty("user.name", ""));
    }

    @Provides
    @Singleton
    @SuppressWarnings("CloseableProvides") // it keeps nothing open between appends
    static AuditLog auditLog(@Named("audit") Path file) {
        return FileAuditLog.at(file);
    }

    /// `CHANCERY_AUDIT_LOG`, else `audit.log` in the user's state folder (XDG Base Directory Specification).
    @Provides
    @Named("audit")
    static Path auditFile(@Named("environment") Function<String, @Nullable String> environment) {
        String file = environment.apply("CHANCERY_AUDIT_LOG");
        if (file != null && !file.isEmpty()) {
            return Path.of(file);
        }
        return stateFolder(environment).resolve("audit.log");
    }

    private static Path stateFolder(Function<String, @Nullable String> environment) {
        String state = environment.apply("XDG_STATE_HOME");
        Path folder = state != null && Path.of(state).isAbsolute()
                ? Path.of(state)
                : Path.of(System.getProperty("user.home", "."), ".local", "state");
        return folder.resolve("chancery");
    }

    @Provides
    @Singleton
    static SignatureVerifier signatureVerifier(@Named("many") boolean many) {
        return many ? SignatureVerifiers.forManySoon() : SignatureVerifiers.forOne().verifier();
    }

    @Provides
    static PublicKeyDecoder publicKeyDecoder() {
        return new SpkiPublicKeyDecoder();
    }

    @Provides
    @Singleton
    static KeyBackends keyBackends(@Named("environment") Function<String, @Nullable String> environment, PublicKeyDecoder decoder, Fido2Backend securityKeys) {
        List<KeyBackend> backends = new ArrayList<>();
        backends.add(new EphemeralKeyBackend(new SecureRandom(), SignatureVerifiers::providerForMany));
        backends.add(new KeyFileBackend(environment, new SecureRandom()));
        backends.add(new Pkcs12Backend(new SecureRandom()));
        backends.add(new JcaBackend(new JcaConfiguration(jcaConfiguration(environment)), decoder));
        backends.add(new Pkcs11Backend(Pkcs11Settings.fromEnvironment(environment), decoder));
        backends.add(securityKeys);
        var surroundings = new KeyBackendProvider.Surroundings(environment, Path.of(System.getProperty("user.home", ".")),
                clock(), decoder);
        for (AddOnBackend.Kind kind : AddOnBackend.Kind.values()) {
            backends.add(new AddOnBackend(kind, AddOnFolder.ofThisProgram(), surroundings));
        }
        return new KeyBackends(backends);
    }

    @Provides
    @Singleton
    static Fido2Backend securityKeys(PublicKeyDecoder decoder) {
        SecureRandom random = new SecureRandom();
        return new Fido2Backend(Fido2Backend.here(random), decoder, new TerminalTouch(), random);
    }

    @Provides
    static AssertionKeys assertionKeys(Fido2Backend securityKeys) {
        return securityKeys.assertionKeys();
    }

    /// `CHANCERY_JCA_CONFIG`, else `jca.json` in the user's configuration folder (XDG Base Directory Specification).
    private static Path jcaConfiguration(Function<String, @Nullable String> environment) {
        String file = environment.apply("CHANCERY_JCA_CONFIG");
        if (file != null && !file.isEmpty()) {
            return Path.of(file);
        }
        String configuration = environment.apply("XDG_CONFIG_HOME");
        Path folder = configuration != null && Path.of(configuration).isAbsolute()
                ? Path.of(configuration)
                : Path.of(System.getProperty("user.home", "."), ".config");
        return folder.resolve("chancery").resolve("jca.json");
    }

    @Provides
    static SigningPath signingPath(SignatureVerifier verifier, AuditLog audit, AuditContext context) {
        return new SigningPath(verifier, audit, context);
    }

    @Provides
    static SignArtifact signArtifact(KeyBackends backends, SigningPath path) {
        return new SignArtifact(backends, path);
    }

    @Provides
    static SignTogether signTogether(KeyBackends backends, SigningPath path) {
        return new SignTogether(backends, path);
    }

    @Provides
    static AttestArtifacts attestArtifacts(KeyBackends backends, SigningPath path) {
        return new AttestArtifacts(backends, path);
    }

    @Provides
    static Clock clock() {
        return Clock.systemUTC();
    }

    @Provides
    @Singleton
    static ServiceHttp serviceHttp(@Named("environment") Function<String, @Nullable String> environment, Clock clock) {
        return new ServiceHttp(() -> HttpClients.client(environment), Pause.SLEEP, new SecureRandom(), clock);
    }

    @Provides
    static SigstoreServices sigstoreServices(ServiceHttp http, Clock clock, @Named("many") boolean many) {
        if (many) {
            Thread.ofVirtual().name("prepare-http").start(http::prepare); // somebody will be asked, and there are other things to do before
        }
        return new HttpSigstoreServices(http, clock);
    }

    @Provides
    static IdentitySources identitySources(@Named("environment") Function<String, @Nullable String> environment, ServiceHttp http) {
        return new IdentitySources() {
            @Override
            public IdentitySource ci() {
                return new CiIdentities(environment, http);
            }

            @Override
            public IdentitySource browser(String issuer, String clientId, Consumer<String> speak) {
                return new BrowserLogin(http, new SecureRandom(), new LoginSettings(issuer, clientId, speak), new Browser(environment));
            }

            @Override
            public IdentitySource device(String issuer, String clientId, Consumer<String> speak) {
                return new DeviceLogin(http, Pause.SLEEP, new SecureRandom(), new LoginSettings(issuer, clientId, speak));
            }
        };
    }

    @Provides
    static LogAccess.LogReaders logReaders(SigstoreServices services) {
        return services::reader;
    }

    @Provides
    static LogCheck logCheck(VerificationCrypto crypto) {
        return new LogCheck(crypto);
    }

    @Provides
    static TufClient tufClient(PublicKeyDecoder keys, SignatureVerifier verifier) {
        return new TufClient(keys, verifier);
    }

    /// One file for each mirror in `$XDG_STATE_HOME/chancery/trust`: it remembers versions, so it is more than a cache.
    @Provides
    static TrustStores trustStores(ServiceHttp http, @Named("environment") Function<String, @Nullable String> environment) {
        Path folder = stateFolder(environment).resolve("trust");
        return new TrustStores() {
            @Override
            public TufMirror mirror(String url) throws TrustSourceException {
                return new HttpTufMirror(http, url, EvidenceOptions.DEFAULT_BUDGET);
            }

            @Override
            public TufStore store(String url) {
                return new FileTufStore(folder.resolve(HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(url)).hex() + ".json"));
            }

            @Override
            public String publicGood() {
                return PublicGoodRoot.MIRROR;
            }

            @Override
            public Optional<Bytes> builtInRoot(String url) {
                return url.equals(PublicGoodRoot.MIRROR) ? Optional.of(PublicGoodRoot.read()) : Optional.empty();
            }
        };
    }

    /// Kept in `$XDG_CACHE_HOME/chancery/revocation`: it can all be fetched again.
    @Provides
    @Singleton
    static RevocationSources revocationSources(ServiceHttp http, @Named("environment") Function<String, @Nullable String> environment, Clock clock) {
        String cache = environment.apply("XDG_CACHE_HOME");
        Path folder = cache != null && Path.of(cache).isAbsolute() ? Path.of(cache) : Path.of(System.getProperty("user.home", "."), ".cache");
        boolean ownMachine = "allow".equals(environment.apply("CHANCERY_REVOCATION_LOOPBACK"));
        return (lists, responses, offline) -> new HttpRevocations(http, folder.resolve("chancery").resolve("revocation"), clock,
                new HttpRevocations.Settings(lists, responses, offline, ownMachine));
    }

    @Provides
    static PendingCodec pendingCodec(VerificationCrypto crypto) {
        return new PendingCodec(crypto);
    }

    @Provides
    static SignWithEvidence signWithEvidence(KeyBackends backends, SigningPath path, SigstoreServices services, VerificationCrypto crypto,
            AuditContext context) {
        return new SignWithEvidence(backends, path, services, new Rfc3161TimestampRequests(), crypto, context);
    }

    @Provides
    static KeyKeeper keyKeeper(KeyBackends backends, AuditLog audit, AuditContext context) {
        return new KeyKeeper(backends, audit, context);
    }

    @Provides
    @Singleton
    static AuthorityPaths authorityPaths(@Named("many") boolean many) {
        return new AuthorityPaths(new CertificateSignatures(many ? SignatureVerifiers::providerForMany : Optional::empty));
    }

    @Provides
    @SuppressWarnings("UseBinds") // bindings need a module that is an interface; this one makes things
    static CertificatePathValidator certificatePathValidator(AuthorityPaths paths) {
        return paths;
    }

    @Provides
    static RequestCertificate requestCertificate(KeyBackends backends, SigningPath path) {
        return new RequestCertificate(backends, path, new Pkcs10Requests());
    }

    @Provides
    @Singleton
    static CertificateReader certificateReader(PublicKeyDecoder keys) {
        return new X509CertificateReader(keys);
    }

    @Provides
    @Singleton
    static VerificationCrypto verificationCrypto(SignatureVerifier verifier, PublicKeyDecoder keys, CertificateReader certificates,
            AuthorityPaths paths) {
        return new VerificationCrypto(verifier, keys, certificates, paths, new Rfc3161TimestampReader(paths), new X509RevocationReader(paths.signatures()));
    }

    @Provides
    static VerificationEngine verificationEngine(VerificationCrypto crypto, Clock clock) {
        return new VerificationEngine(crypto, clock);
    }

    @Provides
    static PolicyVerifier policyVerifier(VerificationEngine engine, VerificationCrypto crypto, Clock clock) {
        return new PolicyVerifier(engine, crypto, clock);
    }

    @Provides
    static AnswerVerifier answerVerifier(PolicyVerifier policies) {
        return new AnswerVerifier(policies);
    }

    @Provides
    static MakeRequest makeRequest(KeyBackends backends, SigningPath path, Clock clock) {
        return new MakeRequest(backends, path, new SecureRandom(), clock);
    }

    @Provides
    static ApproveRequest approveRequest(KeyBackends backends, SigningPath path, AnswerVerifier verifier, Clock clock) {
        return new ApproveRequest(backends, path, verifier, clock);
    }

    @Provides
    static SecurityKeyApproval securityKeyApproval(AnswerVerifier verifier, AuditLog audit, AuditContext context, Clock clock) {
        return new SecurityKeyApproval(verifier, audit, context, clock);
    }

    @Provides
    static MetadataReader metadataReader(SignatureVerifier signatures, PublicKeyDecoder keys) {
        return new MetadataReader(signatures, new SecurityKeyCertificates(keys));
    }

    @Provides
    static AttestationVerifier attestationVerifier(SignatureVerifier signatures, PublicKeyDecoder keys) {
        return new AttestationVerifier(signatures, keys, new SecurityKeyCertificates(keys));
    }

    @Provides
    static PolicyBinder policyBinder(PublicKeyDecoder keys, AttestationVerifier attestations) {
        return new PolicyBinder(keys, attestations, () -> ServiceLoader.load(ConditionCompiler.class).findFirst().orElseThrow());
    }

    @Provides
    static PolicyLint policyLint(PolicyBinder binder) {
        return new PolicyLint(binder);
    }

    @Provides
    static BundleInspector bundleInspector(VerificationCrypto crypto) {
        return new BundleInspector(crypto.certificates(), crypto.timestamps());
    }
}
