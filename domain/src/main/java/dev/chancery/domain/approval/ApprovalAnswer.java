package dev.chancery.domain.approval;

import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.digest.Digest;
import java.time.Instant;

/// What an officer answers to a request: their signature over its payload, and beside it a signed statement that they approve this request.
///
/// The signature alone would say nothing about the request: it is over the payload only, so that it verifies for everybody. The approval
/// ties it to one request, and to the time in which the request was open.
///
/// @param member the signature over the payload
/// @param approval the signature over the approval statement
/// @param request id of the request, as the statement has it
/// @param payload SHA-256 of the payload, as the statement has it
/// @param approved when it was approved, as the statement has it
public record ApprovalAnswer(Member member, Member approval, Digest request, Digest payload, Instant approved) {
    /// Of the written form.
    public static final String MEDIA_TYPE = "application/vnd.chancery.signing-answer.v1+json";

    /// Type of the approval statement.
    public static final String STATEMENT_TYPE = "https://chancery.dev/signing-approval/v1";

    /// The longest answer that is read, in bytes.
    public static final int MAX_LENGTH = 1024 * 1024;
}
