package dev.chancery.application.quorum;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// Signatures that don't go together. Nothing was written.
public final class QuorumException extends ProblemException {
    private static final long serialVersionUID = 1;

    private QuorumException(ErrorCode code, String what, String why, String remedy) {
        super(new Problem(code, what, why, remedy), null);
    }

    static QuorumException contentDiffers(String place, String why) {
        return new QuorumException(ErrorCode.QUORUM_CONTENT_DIFFERS, place + " cannot be put together with the others", why,
                "compare them with chancery bundle inspect");
    }

    static QuorumException memberKind(String place) {
        return new QuorumException(ErrorCode.QUORUM_MEMBER_KIND, place + " cannot be put together with others",
                "expected an envelope with exactly one signature, found something else", "make it with chancery attest, or chancery sign with several --key");
    }

    /// It states nothing about an artifact.
    ///
    /// @param artifact by its digest
    /// @param why what it is about
    public static QuorumException aboutAnother(String artifact, String why) {
        return new QuorumException(ErrorCode.QUORUM_ABOUT_ANOTHER, "nothing was put beside " + artifact, why, "name the artifact that was signed");
    }

    static QuorumException tooMany(int members, int limit) {
        return new QuorumException(ErrorCode.TOO_LARGE, "no quorum was made", "expected at most " + limit + " members, found " + members,
                "leave out those that nobody counts");
    }

    static QuorumException alreadySigned(String keyId) {
        return new QuorumException(ErrorCode.ALREADY_SIGNED, "nothing was signed", "expected a key that has not signed yet, found " + keyId + " a second time",
                "sign with the key of somebody else");
    }
}
