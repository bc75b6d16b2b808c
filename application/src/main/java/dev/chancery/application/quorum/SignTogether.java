package dev.chancery.application.quorum;

import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.AttestArtifacts.Prepared;
import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SignedBundle;
import dev.chancery.application.signing.SigningException;
import dev.chancery.application.signing.SigningOptions;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.application.signing.SigningTask;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.ports.key.KeyException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Has several keys sign one payload, all or none. Keys are opened one after the other, since each may ask for a PIN, and sign side by side.
/// Thread-safe; blocks.
public final class SignTogether {
    private final KeyBackends backends;
    private final SigningPath path;

    public SignTogether(KeyBackends backends, SigningPath path) {
        this.backends = backends;
        this.path = path;
    }

    /// What came of it.
    ///
    /// @param quorum old and new members
    /// @param signed the new ones, in the order of the keys
    public record Outcome(QuorumBundle quorum, List<SignedBundle> signed) {
        public Outcome {
            signed = List.copyOf(signed);
        }
    }

    /// Signs with every key. When one fails nothing is handed out, though the audit log has what others made.
    ///
    /// @param keys at least one
    /// @param intoOrNull a quorum over the same payload that the signatures join; null for a new one
    /// @throws ProblemException when a key can't be opened or used, two are the same, or one has signed already
    public Outcome sign(Prepared prepared, List<KeyRef> keys, SigningOptions options, @Nullable QuorumBundle intoOrNull) throws ProblemException {
        List<KeySession> sessions = new ArrayList<>();
        try {
            List<SigningTask> tasks = new ArrayList<>();
            Set<String> known = new HashSet<>();
            if (intoOrNull != null) {
                intoOrNull.members().forEach(member -> known.add(hint(member)));
            }
            for (KeyRef key : keys) {
                KeySession session = open(key, options);
                sessions.add(session);
                if (!known.add(session.expected().key().id().hint())) {
                    throw QuorumException.alreadySigned(session.expected().key().id().hex());
                }
                tasks.add(AttestArtifacts.task(session, prepared));
            }
            List<SignedBundle> signed = sideBySide(sessions, tasks);
            List<Member> members = new ArrayList<>(intoOrNull == null ? List.of() : intoOrNull.members());
            signed.forEach(each -> members.add(new Member.Sigstore(each.bundle())));
            return new Outcome(Quorums.of(prepared.payload(), members), signed);
        } finally {
            sessions.forEach(KeySession::close);
        }
    }

    private KeySession open(KeyRef key, SigningOptions options) throws KeyRefException, KeyException, SigningException {
        return KeySession.open(backends, key, options);
    }

    private static String hint(Member member) {
        return switch (member) {
            case Member.Sigstore sigstore -> sigstore.bundle().keyMaterial() instanceof KeyMaterial.PublicKeyHint(String hint) ? hint : "";
            case Member.WebAuthn webAuthn -> webAuthn.assertion().keyHint();
        };
    }

    private List<SignedBundle> sideBySide(List<KeySession> sessions, List<SigningTask> tasks) throws ProblemException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SignedBundle>> running = new ArrayList<>();
            for (int i = 0; i < sessions.size(); i++) {
                KeySession session = sessions.get(i);
                SigningTask task = tasks.get(i);
                running.add(threads.submit(() -> path.sign(session, task)));
            }
            List<SignedBundle> signed = new ArrayList<>();
            for (Future<SignedBundle> each : running) {
                signed.add(result(each));
            }
            return signed;
        }
    }

    private static SignedBundle result(Future<SignedBundle> future) throws ProblemException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ProblemException problem -> throw problem;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keys were signing", e);
        }
    }
}
