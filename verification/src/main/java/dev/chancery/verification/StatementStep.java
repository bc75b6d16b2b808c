package dev.chancery.verification;

import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import java.util.Optional;

/// Reads a payload whose signature has verified, and holds its type against what is expected.
final class StatementStep {
    private StatementStep() {}

    static Statement read(DssePayload payload, Expectations expectations, Findings findings) throws Stop {
        Statement statement;
        try {
            statement = StatementCodec.read(payload.content());
        } catch (FormatException e) {
            throw Stop.rejected(Step.STATEMENT, ErrorCode.STATEMENT_MALFORMED,
                    "expected an in-toto statement, found " + e.problem().code().code() + ": " + e.problem().why());
        }
        Optional<String> expected = expectations.predicateType();
        if (expected.isPresent() && !expected.get().equals(statement.predicateType())) {
            throw Stop.rejected(Step.STATEMENT, ErrorCode.PREDICATE_TYPE_MISMATCH,
                    "expected predicate type " + expected.get() + ", found " + statement.predicateType());
        }
        findings.passed(Step.STATEMENT, "predicate type " + statement.predicateType() + (expected.isPresent() ? "" : "; no type was expected"));
        return statement;
    }

    /// A message signature states nothing, so it can't be what a user wants who expects a predicate type.
    static void noneExpected(Expectations expectations) throws Stop {
        if (expectations.predicateType().isPresent()) {
            throw Stop.rejected(Step.STATEMENT, ErrorCode.PREDICATE_TYPE_MISMATCH, "expected an attestation of predicate type "
                    + expectations.predicateType().get() + ", found a signature over the file");
        }
    }
}
