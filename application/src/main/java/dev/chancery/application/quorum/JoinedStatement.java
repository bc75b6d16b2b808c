package dev.chancery.application.quorum;

import dev.chancery.application.signing.AttestArtifacts.Predicate;
import dev.chancery.application.signing.AttestArtifacts.Prepared;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Holds what a user is about to sign against what others have signed already.
public final class JoinedStatement {
    private JoinedStatement() {}

    /// What others have signed, to be signed by one more, when it says what this user would say: the same predicate about the same digests.
    /// Names may differ: they are the first signer's.
    ///
    /// @param own what the user would sign
    /// @throws FormatException when the quorum's payload is no statement
    /// @throws QuorumException when it says something else
    public static Prepared of(String place, QuorumBundle quorum, Prepared own, Predicate predicate) throws FormatException, QuorumException {
        if (!quorum.payload().payloadType().equals(DssePayload.IN_TOTO)) {
            throw QuorumException.contentDiffers(place, "expected the payload type " + DssePayload.IN_TOTO + ", found " + quorum.payload().payloadType());
        }
        Statement statement = StatementCodec.read(quorum.payload().content());
        if (!statement.predicateType().equals(predicate.type())) {
            throw QuorumException.contentDiffers(place, "expected the predicate type " + predicate.type() + ", found " + statement.predicateType());
        }
        if (!statement.predicate().equals(predicate.predicate())) {
            throw QuorumException.contentDiffers(place, "expected the same predicate, byte for byte, found another");
        }
        TreeSet<String> mine = new TreeSet<>();
        own.subjects().forEach(subject -> mine.add(subject.digest().toString()));
        TreeSet<String> theirs = new TreeSet<>();
        List<NamedDigest> named = new ArrayList<>();
        for (Subject subject : statement.subjects()) {
            String sha256 = subject.digests().get("sha256");
            theirs.add(subject.digests().size() == 1 && sha256 != null ? "sha256:" + sha256 : "other digests " + subject.digests().keySet());
        }
        if (!mine.equals(theirs)) {
            throw QuorumException.contentDiffers(place, "expected a statement about " + mine + ", found one about " + theirs);
        }
        named.addAll(own.subjects());
        return new Prepared(quorum.payload(), named);
    }
}
