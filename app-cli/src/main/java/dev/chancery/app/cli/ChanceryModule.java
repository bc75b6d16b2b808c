package dev.chancery.app.cli;

import dagger.Module;
import dagger.Provides;
import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.adapters.keys.KeyFileBackend;
import dev.chancery.adapters.pkcs11.Pkcs11Backend;
import dev.chancery.adapters.pkcs11.Pkcs11Settings;
import dev.chancery.adapters.tlog.FileAuditLog;
import dev.chancery.application.AuditContext;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.keys.KeyKeeper;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.SignArtifact;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.verification.VerificationCrypto;
import dev.chancery.verification.VerificationEngine;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
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
        return new AuditContext(Clock.systemUTC(), System.getProperty("user.name", ""));
    }

    @Provides
    @Singleton
    @SuppressWarnings("CloseableProvides") // it keeps nothing open between appends
    static AuditLog auditLog(@Named("environment") Function<String, @Nullable String> environment) {
        return FileAuditLog.at(auditFile(environment));
    }

    /// `CHANCERY_AUDIT_LOG`, else `audit.log` in the user's state folder (XDG Base Directory Specification).
    private static Path auditFile(Function<String, @Nullable String> environment) {
        String file = environment.apply("CHANCERY_AUDIT_LOG");
        if (file != null && !file.isEmpty()) {
            return Path.of(file);
        }
        String state = environment.apply("XDG_STATE_HOME");
        Path folder = state != null && Path.of(state).isAbsolute()
                ? Path.of(state)
                : Path.of(System.getProperty("user.home", "."), ".local", "state");
        return folder.resolve("chancery").resolve("audit.log");
    }

    @Provides
    @Singleton
    static SignatureVerifier signatureVerifier(@Named("many") boolean many) {
        return (many ? SignatureVerifiers.forMany() : SignatureVerifiers.forOne()).verifier();
    }

    @Provides
    static PublicKeyDecoder publicKeyDecoder() {
        return new SpkiPublicKeyDecoder();
    }

    @Provides
    @Singleton
    static KeyBackends keyBackends(@Named("environment") Function<String, @Nullable String> environment, PublicKeyDecoder decoder) {
        return new KeyBackends(List.of(new KeyFileBackend(environment, new SecureRandom()),
                new Pkcs11Backend(Pkcs11Settings.fromEnvironment(environment), decoder)));
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
    static AttestArtifacts attestArtifacts(KeyBackends backends, SigningPath path) {
        return new AttestArtifacts(backends, path);
    }

    @Provides
    static KeyKeeper keyKeeper(KeyBackends backends, AuditLog audit, AuditContext context) {
        return new KeyKeeper(backends, audit, context);
    }

    @Provides
    static VerificationEngine verificationEngine(SignatureVerifier verifier, PublicKeyDecoder keys) {
        AuthorityPaths paths = new AuthorityPaths();
        return new VerificationEngine(new VerificationCrypto(verifier, keys, new X509CertificateReader(keys), paths,
                new Rfc3161TimestampReader(paths)));
    }
}
