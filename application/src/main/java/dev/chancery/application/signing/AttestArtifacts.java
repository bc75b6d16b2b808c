package dev.chancery.application.signing;

import dev.chancery.application.keys.KeyBackends;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.key.KeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Attests to artifacts: a Sigstore bundle with a DSSE envelope around an in-toto Statement v1. Thread-safe; blocks.
public final class AttestArtifacts {
    private final KeyBackends backends;
    private final SigningPath path;

    public AttestArtifacts(KeyBackends backends, SigningPath path) {
        this.backends = backends;
        this.path = path;
    }

    /// What a statement is about.
    public sealed interface Target {
        /// An artifact that is read to its end.
        record Content(ArtifactSource source) implements Target {}

        /// An artifact known by its digest alone.
        record OfDigest(Digest digest) implements Target {}

        /// An artifact that has a name and was not read: what a registry's manifest describes.
        record Named(String name, Digest digest) implements Target {}
    }

    /// The claim.
    ///
    /// @param type the predicate type, a URI
    /// @param predicate JSON, one object; goes in byte for byte
    public record Predicate(String type, Bytes predicate) {}

    /// Makes a statement about all targets, signs it and returns the bundle.
    ///
    /// @param targets 1 to [Statement#MAX_SUBJECTS]
    /// @throws KeyRefException when no back end knows the reference
    /// @throws KeyException when the key can't be opened or used
    /// @throws FormatException when the predicate isn't strict JSON, or the statement grows too large
    /// @throws SigningException when the expected key, the algorithm, the signature, a target or the statement stops the path
    /// @throws AuditException when the record isn't durable
    public SignedBundle attest(List<Target> targets, Predicate predicate, KeyRef keyRef, SigningOptions options)
            throws KeyRefException, KeyException, FormatException, SigningException, AuditException {
        checkRequest(targets, predicate);
        try (KeySession session = KeySession.open(backends, keyRef, options)) {
            return path.sign(session, task(session, targets, predicate));
        }
    }

    private static void checkRequest(List<Target> targets, Predicate predicate) throws FormatException, SigningException {
        StatementCodec.checkPredicate(predicate.predicate());
        if (targets.isEmpty() || targets.size() > Statement.MAX_SUBJECTS) {
            throw statementRefused("a statement has 1 to " + Statement.MAX_SUBJECTS + " subjects, not " + targets.size(),
                    "split the subjects over several statements");
        }
        if (predicate.type().isBlank()) {
            throw statementRefused("the predicate type is empty", "name it with --predicate-type URI");
        }
    }

    /// Reads the targets and makes the statement; signs nothing yet.
    ///
    /// @param targets 1 to [Statement#MAX_SUBJECTS]
    /// @throws FormatException when the predicate isn't strict JSON, or the statement grows too large
    /// @throws SigningException when a target can't be read or the statement can't be made
    public SigningTask task(KeySession session, List<Target> targets, Predicate predicate) throws FormatException, SigningException {
        return task(session, prepare(targets, predicate));
    }

    /// What is to be signed, once for any number of keys.
    ///
    /// @param payload the very bytes
    /// @param subjects what it is about
    public record Prepared(DssePayload payload, List<NamedDigest> subjects) {
        public Prepared {
            subjects = List.copyOf(subjects);
        }
    }

    /// Reads the targets once and makes the statement.
    ///
    /// @param targets 1 to [Statement#MAX_SUBJECTS]
    /// @throws FormatException when the predicate isn't strict JSON, or the statement grows too large
    /// @throws SigningException when a target can't be read or the statement can't be made
    public static Prepared prepare(List<Target> targets, Predicate predicate) throws FormatException, SigningException {
        checkRequest(targets, predicate);
        List<NamedDigest> subjects = resolve(targets);
        return new Prepared(payload(subjects, predicate), subjects);
    }

    /// The signature of one key over what was prepared; signs nothing yet.
    ///
    /// @throws SigningException when the key can't sign so long a statement
    public static SigningTask task(KeySession session, Prepared prepared) throws SigningException {
        DssePayload payload = prepared.payload();
        SignatureAlgorithm algorithm = session.algorithm();
        if (payload.preAuthEncoding().bytes().size() > SigningInput.MAX_MESSAGE && algorithm.prehash().isEmpty()) {
            throw statementRefused("the statement is too long for " + algorithm.cliName(), "use a key that signs digests");
        }
        return new SigningTask.OfStatement(new SigningRequest.OfStatement(algorithm, payload), prepared.subjects());
    }

    private static List<NamedDigest> resolve(List<Target> targets) throws SigningException.ArtifactUnreadable {
        List<NamedDigest> subjects = new ArrayList<>(targets.size());
        for (Target target : targets) {
            subjects.add(resolve(target));
        }
        return subjects;
    }

    /// What a statement calls a target.
    ///
    /// @throws SigningException.ArtifactUnreadable when it can't be read
    public static NamedDigest resolve(Target target) throws SigningException.ArtifactUnreadable {
        return switch (target) {
            case Target.Content content -> new NamedDigest(content.source().name(), Artifacts.digest(content.source()).sha256());
            case Target.OfDigest digest -> new NamedDigest("", digest.digest());
            case Target.Named named -> new NamedDigest(named.name(), named.digest());
        };
    }

    private static DssePayload payload(List<NamedDigest> subjects, Predicate predicate) throws FormatException {
        List<Subject> named = subjects.stream()
                .map(subject -> new Subject(subject.name(),
                        Map.of(subject.digest().algorithm().inTotoName(), subject.digest().hex())))
                .toList();
        return new DssePayload(DssePayload.IN_TOTO,
                StatementCodec.write(new Statement(Statement.V1, named, predicate.type(), predicate.predicate())));
    }

    private static SigningException.RequestRefused statementRefused(String why, String remedy) {
        return new SigningException.RequestRefused(
                new Problem(ErrorCode.STATEMENT_INVALID, "no statement was made", why, remedy), null);
    }
}
