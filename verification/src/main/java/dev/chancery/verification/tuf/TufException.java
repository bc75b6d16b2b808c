package dev.chancery.verification.tuf;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.FormatException;
import java.time.Instant;

/// Why trust isn't taken over. What was trusted before stays as it was.
public final class TufException extends ProblemException {
    private static final long serialVersionUID = 1;
    private static final String WHAT = "the trust was not updated";

    private TufException(ErrorCode code, String why, String remedy) {
        super(new Problem(code, WHAT, why, remedy), null);
    }

    static TufException unsigned(String file, int found, int threshold) {
        return new TufException(ErrorCode.TRUST_METADATA_UNSIGNED, file + ": expected signatures by " + threshold + " keys of its role, found "
                + found + " that verify", "do not use this mirror until its operator has explained it; check that --root is of this repository");
    }

    static TufException expired(String file, Instant expires, Instant now) {
        return new TufException(ErrorCode.TRUST_METADATA_EXPIRED, file + " was good until " + expires + "; by this machine's clock it is " + now,
                "pull again when the mirror has newer metadata; if it has, check the clock");
    }

    static TufException rollback(String file, long found, long trusted) {
        return new TufException(ErrorCode.TRUST_ROLLBACK, file + ": expected version " + trusted + " or later, which was trusted before, found "
                + found, "do not use this mirror until its operator has explained it");
    }

    static TufException wrong(String file, String why) {
        return new TufException(ErrorCode.TRUST_FILE_WRONG, file + ": " + why, "pull again; if it stays so, do not use this mirror");
    }

    static TufException malformed(String file, FormatException e) {
        return new TufException(ErrorCode.TRUST_FILE_WRONG, file + ": " + e.problem().code().code() + ": " + e.problem().why(),
                "pull again; if it stays so, do not use this mirror");
    }

    static TufException changed(String file, Problem found) {
        return new TufException(ErrorCode.TRUST_STORE_UNUSABLE, file + " was changed since it was kept: " + found.why(),
                "find out who changed it; move what is kept away and pull again with --root to start anew");
    }

    static TufException nothingTrusted() {
        return new TufException(ErrorCode.TRUST_NOT_PULLED, "nothing was pulled from this repository before, and nothing says whom to trust for the first time",
                "add --root FILE with the repository's root.json, from a source you trust");
    }
}
