package dev.chancery.verification;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.domain.signing.ArtifactContent;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Binds a statement to the artifact: one of its subjects has the artifact's digest (attestation spec v1, statement.md).
///
/// digest_set.md lets two digest sets match when any field does. Here every field that can be computed must agree: a subject of
/// which one digest is the artifact's and another isn't names two things, and the statement is rejected.
final class SubjectStep {
    private SubjectStep() {}

    static Digest bind(Statement statement, Target target, Findings findings) throws Stop {
        Map<HashAlgorithm, Digest> digests = digests(statement, target);
        Digest shown = target instanceof Target.OfDigest(Digest given) ? given : digests.values().iterator().next();
        Subject match = null;
        for (Subject subject : statement.subjects()) {
            if (agrees(subject, digests) && match == null) {
                match = subject;
            }
        }
        if (match == null) {
            throw Stop.rejected(Step.ARTIFACT, ErrorCode.SUBJECT_MISMATCH, "expected " + shown + " among the " + statement.subjects().size()
                    + " subjects, found " + statement.subjects().getFirst().digests() + (statement.subjects().size() > 1 ? " and others" : ""));
        }
        findings.passed(Step.ARTIFACT, shown + " is the subject \"" + match.name() + "\"");
        return shown;
    }

    private static boolean agrees(Subject subject, Map<HashAlgorithm, Digest> digests) throws Stop {
        Digest same = null;
        Digest other = null;
        for (Digest digest : digests.values()) {
            String named = subject.digests().get(digest.algorithm().inTotoName());
            if (named != null && named.equals(digest.hex())) {
                same = digest;
            } else if (named != null) {
                other = digest;
            }
        }
        if (same != null && other != null) {
            throw Stop.rejected(Step.ARTIFACT, ErrorCode.SUBJECT_MISMATCH, "expected the subject \"" + subject.name() + "\" to name one artifact, found "
                    + same.algorithm().inTotoName() + " of this artifact and " + other.algorithm().inTotoName() + " of another");
        }
        return same != null;
    }

    /// The artifact's digests by every algorithm that a subject names, SHA-256 first.
    private static Map<HashAlgorithm, Digest> digests(Statement statement, Target target) throws Stop {
        Map<HashAlgorithm, Digest> digests = new EnumMap<>(HashAlgorithm.class);
        switch (target) {
            case Target.OfDigest(Digest given) -> digests.put(given.algorithm(), given);
            case Target.Content _, Target.Read _ -> {
                Set<HashAlgorithm> wanted = EnumSet.of(HashAlgorithm.SHA_256);
                for (Subject subject : statement.subjects()) {
                    subject.digests().keySet().forEach(name -> HashAlgorithm.ofInTotoName(name).ifPresent(wanted::add));
                }
                ArtifactContent read = ArtifactReader.read(target, wanted, false);
                wanted.forEach(algorithm -> digests.put(algorithm, read.digest(algorithm)));
            }
        }
        return digests;
    }
}
