package dev.chancery.bench;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.pkcs11.BareSession;
import dev.chancery.adapters.pkcs11.Pkcs11Backend;
import dev.chancery.adapters.pkcs11.Pkcs11Settings;
import dev.chancery.adapters.tlog.FileAuditLog;
import dev.chancery.application.AuditContext;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.signing.Expectation;
import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SignArtifact;
import dev.chancery.application.signing.SigningOptions;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.application.signing.SigningTask;
import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.audit.AuditReceipt;
import dev.chancery.ports.audit.AuditReport;
import dev.chancery.ports.audit.AuditVisitor;
import dev.chancery.ports.key.SigningKey;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// One signature through more and more of the program: the binding, the port with its deadline, then verify-after-sign, then the durable
/// audit record, which is the whole signing path. All sign the same 32 bytes with the same key, in the process's own module.
final class SigningLayers implements AutoCloseable {
    private static final Bytes CONTENT = Bytes.ofUtf8("what is signed");

    private final TokenUnderTest token;
    private final SigningKey key;
    private final KeySession session;
    private final SigningTask task;
    private final SigningPath verified;
    private final SigningPath whole;

    /// One signature; for one thread at a time.
    @FunctionalInterface
    interface Call {
        Object sign() throws ProblemException;
    }

    /// @param audit the file of the whole path's audit log
    SigningLayers(TokenUnderTest token, Path audit) throws ProblemException {
        this.token = token;
        Pkcs11Backend tokens = new Pkcs11Backend(Pkcs11Settings.of(null), new SpkiPublicKeyDecoder());
        KeyBackends backends = new KeyBackends(List.of(tokens));
        AuditContext context = new AuditContext(Clock.systemUTC(), "bench");
        SignatureVerifiers.Choice verifier = SignatureVerifiers.forMany();
        this.key = tokens.open(token.ref(), token.access());
        this.session = KeySession.open(backends, token.ref(), new SigningOptions(token.access(), new Expectation.FromBackend(), null));
        this.verified = new SigningPath(verifier.verifier(), new NoAudit(), context);
        this.whole = new SigningPath(verifier.verifier(), FileAuditLog.at(audit), context);
        this.task = new SignArtifact(backends, whole).task(session, new InMemory());
    }

    /// The binding, in one session for each thread.
    List<Call> bindings(int threads) {
        try (Pin pin = token.pin()) {
            Bytes digest = HashAlgorithm.SHA_256.digest(CONTENT).value();
            return BareSession.open(threads, token.module(), token.token(), token.key(), pin).stream().<Call>map(bare -> () -> bare.sign(digest)).toList();
        }
    }

    Object port() throws ProblemException {
        return key.sign(task.request(), dev.chancery.ports.key.KeyAccess.DEFAULT_DEADLINE);
    }

    Object verified() throws ProblemException {
        return verified.sign(session, task);
    }

    Object whole() throws ProblemException {
        return whole.sign(session, task);
    }

    @Override
    public void close() {
        session.close();
        key.close();
    }

    private record InMemory() implements ArtifactSource {
        @Override
        public String name() {
            return "artifact";
        }

        @Override
        public InputStream open() {
            return CONTENT.inputStream();
        }
    }

    /// Takes the audit log's share out of the path. Exists here alone: the program has no such thing.
    private static final class NoAudit implements AuditLog {
        private static final Digest HEAD = HashAlgorithm.SHA_256.digest(Bytes.empty());

        @Override
        public AuditReceipt append(AuditEvent event) {
            return new AuditReceipt(0, HEAD);
        }

        @Override
        public AuditReport verify(AuditVisitor visitor) throws AuditException {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // There is nothing.
        }
    }
}
