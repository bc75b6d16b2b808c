package dev.chancery.application.approval;

import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import java.time.Instant;

/// A request that can't be made or may not be approved. Nothing was signed.
public final class ApprovalException extends ProblemException {
    private static final long serialVersionUID = 1;

    private ApprovalException(ErrorCode code, String what, String why, String remedy) {
        super(new Problem(code, what, why, remedy), null);
    }

    /// It has expired, or isn't open yet.
    static ApprovalException notOpen(ApprovalRequest request, Instant now) {
        boolean expired = !now.isBefore(request.expires());
        return new ApprovalException(ErrorCode.REQUEST_NOT_OPEN, "the request was not approved",
                "expected a time from " + request.created() + " to " + request.expires() + ", found " + now,
                expired ? "ask for a new request" : "set the clocks right: the request is from the future");
    }

    /// A policy that isn't the request's.
    public static ApprovalException policyDiffers(ApprovalRequest request, String origin, Digest found) {
        return new ApprovalException(ErrorCode.REQUEST_POLICY_DIFFERS, origin + " was not used",
                "expected the policy " + request.policy().name() + " (" + request.policy().digest() + "), found " + found,
                "give the policy that the request names, or make a new request");
    }

    /// A policy that such a statement is nothing to.
    public static ApprovalException demandsNothing(String origin, String predicateType) {
        return new ApprovalException(ErrorCode.POLICY_DEMANDS_NOTHING, "no request was made",
                "expected a demand for statements of type " + predicateType + ", found none in " + origin, "check --policy and --predicate-type");
    }

    /// A code that isn't the request's.
    public static ApprovalException codeDiffers(ApprovalRequest request, String typed) {
        return new ApprovalException(ErrorCode.REQUEST_CODE_DIFFERS, "the request was not approved", "expected the code " + request.code() + ", found " + typed,
                "compare the whole code aloud with the requester; if it differs, do not approve");
    }

    /// An own copy of an artifact that the request isn't about.
    public static ApprovalException notRequested(String artifact, Digest found) {
        return new ApprovalException(ErrorCode.ARTIFACT_NOT_REQUESTED, "the request was not approved", "expected an artifact of the request, found " + artifact + " with "
                + found, "if this is the file that you mean to approve, the request is for something else");
    }

    /// Nobody said yes.
    public static ApprovalException notConfirmed() {
        return new ApprovalException(ErrorCode.NOT_CONFIRMED, "the request was not approved", "expected somebody at a terminal who types yes, found none",
                "type yes, or give the code that you compared with the requester with --code");
    }

    /// A requester who isn't proven.
    public static ApprovalException requesterNotProven(String found) {
        return new ApprovalException(ErrorCode.REQUESTER_NOT_PROVEN, "the request was not approved",
                "expected the signature of the requester's key over the request, found " + found, "ask the requester; if it is not their request, do not approve");
    }

    /// A time that no request may be open for.
    public static ApprovalException life(String given) {
        return new ApprovalException(ErrorCode.REQUEST_LIFE, "no request was made", "expected a time from 1m to " + ApprovalRequest.MAX_LIFE.toDays() + "d, found " + given,
                "write --expires 90m, 48h or 7d");
    }

    /// An own answer that nobody would take.
    public static ApprovalException refused(ErrorCode code, String why) {
        return new ApprovalException(code, "no answer was written", why, "see the page of the code; what was signed is in the audit log and was not handed out");
    }
}
