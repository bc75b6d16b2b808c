package dev.chancery.app.cli.approval.page;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A page that did not do its work. Nothing was written.
final class PageException extends ProblemException {
    private static final long serialVersionUID = 1;

    private PageException(ErrorCode code, String why, String remedy, @Nullable Exception cause) {
        super(new Problem(code, "nothing was approved", why, remedy), cause);
    }

    /// What the browser answered isn't good.
    static PageException of(ErrorCode code, String why) {
        return new PageException(code, why, "try again at the page", null);
    }

    static PageException unusable(String why, String remedy, @Nullable Exception cause) {
        return new PageException(ErrorCode.APPROVAL_PAGE_UNUSABLE, why, remedy, cause);
    }

    static PageException refused(String why) {
        return new PageException(ErrorCode.APPROVAL_REFUSED, why, "ask them why; nothing was signed", null);
    }

    static PageException timedOut(Duration within) {
        return new PageException(ErrorCode.APPROVAL_TIMED_OUT, "expected an approval within " + within.toMinutes() + " minutes, found none",
                "begin again, and open the page in a browser on this machine", null);
    }
}
