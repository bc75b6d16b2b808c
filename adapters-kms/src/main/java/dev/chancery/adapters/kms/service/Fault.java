package dev.chancery.adapters.kms.service;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ways in which a request to a key service fails. Each vendor translates its own errors into these, in one place.
public enum Fault {
    CREDENTIALS_MISSING(ErrorCode.CREDENTIALS_MISSING, "see docs/kms.md for where credentials are looked for"),
    CREDENTIALS_REFUSED(ErrorCode.CREDENTIALS_REFUSED, "log in again or renew the credentials, and check this machine's clock"),
    PERMISSION_DENIED(ErrorCode.PERMISSION_DENIED, "have the permission granted for this key"),
    NOT_FOUND(ErrorCode.KEY_NOT_FOUND, "see chancery key list for the keys that are there"),
    EXISTS(ErrorCode.KEY_EXISTS, "choose another name"),
    DISABLED(ErrorCode.KEY_DISABLED, "enable it if it was disabled by mistake, or sign with another key or version"),
    BEING_DELETED(ErrorCode.KEY_BEING_DELETED, "cancel the deletion if the key should live, or sign with another one"),
    USAGE_WRONG(ErrorCode.KEY_USAGE_WRONG, "name a signing key: see chancery key list"),
    ALGORITHM(ErrorCode.ALGORITHM_UNSUPPORTED, "see chancery key show for what the key can do"),
    ELSEWHERE(ErrorCode.KEY_ELSEWHERE, "name the key's own region"),
    /// The request was not taken because there were too many. It did nothing and is repeated within its time limit.
    THROTTLED(ErrorCode.SERVICE_THROTTLED, "set CHANCERY_KMS_RATE to a rate below the quota, or raise the quota; nothing was signed"),
    UNREACHABLE(ErrorCode.SERVICE_UNREACHABLE, "check the address, the proxy and the network; nothing was sent"),
    TLS(ErrorCode.SERVICE_TLS, "have the service's certificate authority trusted (docs/kms.md); nothing was sent"),
    OTHER_KEY(ErrorCode.KEY_VERSION_MISMATCH, "run the command again; the answer was thrown away"),
    DAMAGED(ErrorCode.ANSWER_DAMAGED, "run the command again; what came back was thrown away"),
    FAILED(ErrorCode.SERVICE_FAILED, "look at the service's status; asking again is safe"),
    UNSOUND(ErrorCode.ANSWER_UNSOUND, "check that the address is the service's"),
    /// The connection broke after the request was sent.
    LOST(ErrorCode.ANSWER_LOST, "run the command again: a second signature over the same bytes does no harm"),
    /// There was no answer in time.
    TIMED_OUT(ErrorCode.KEY_DEADLINE, "run the command again: a second signature over the same bytes does no harm"),
    TOO_LONG(ErrorCode.MESSAGE_TOO_LONG_FOR_SERVICE, "use chancery attest, or an algorithm that signs a digest"),
    SETTING(ErrorCode.SERVICE_SETTING_WRONG, "correct the setting; docs/kms.md lists them");

    private final ErrorCode code;
    private final String remedy;

    Fault(ErrorCode code, String remedy) {
        this.code = code;
        this.remedy = remedy;
    }

    /// What to do about it where the vendor's package knows nothing better.
    String usualRemedy() {
        return remedy;
    }

    /// The port's exception for this fault.
    KeyException exception(String what, String why, String whatToDo, @Nullable Throwable cause) {
        Problem problem = new Problem(code, what, why, whatToDo);
        return switch (this) {
            case CREDENTIALS_MISSING, CREDENTIALS_REFUSED, ELSEWHERE, UNREACHABLE, TLS, SETTING ->
                    new KeyException.BackendUnusable(problem, cause);
            case PERMISSION_DENIED, DISABLED, BEING_DELETED, USAGE_WRONG -> new KeyException.MayNotSign(problem, cause);
            case ALGORITHM, TOO_LONG -> new KeyException.AlgorithmUnsupported(problem, cause);
            case NOT_FOUND -> new KeyException.NotOne(problem, List.of());
            case EXISTS -> new KeyException.Exists(problem);
            case TIMED_OUT -> new KeyException.DeadlineExceeded(problem, cause);
            case THROTTLED, OTHER_KEY, DAMAGED, FAILED, UNSOUND, LOST -> new KeyException.DeviceFailed(problem, cause);
        };
    }
}
