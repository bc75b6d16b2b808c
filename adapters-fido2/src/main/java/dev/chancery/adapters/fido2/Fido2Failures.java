package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.ctap.CtapException;
import dev.chancery.adapters.fido2.link.LinkException;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what security keys refuse with into what a user is told: the one place for it.
final class Fido2Failures {
    private static final String NOTHING = ": nothing was approved";

    private Fido2Failures() {}

    /// @param place the security key that was being used
    /// @param limit how long it was waited for
    static KeyException of(String place, Duration limit, CtapException e) {
        if (e.link().isPresent()) {
            return ofLink(place, limit, e.link().get(), e);
        }
        if (e.status().isEmpty()) {
            return failed(place, e);
        }
        return switch (e.status().get()) {
            case OPERATION_DENIED, KEEPALIVE_CANCEL -> new KeyException.MayNotSign(new Problem(ErrorCode.TOUCH_REFUSED, place + " did not approve",
                    said(e) + ": its user refused, or took too long over it", "touch it when it blinks, if you mean to approve"), e);
            case USER_ACTION_TIMEOUT, ACTION_TIMEOUT -> new KeyException.DeadlineExceeded(new Problem(ErrorCode.TOUCH_TIMED_OUT, place + " did not approve",
                    said(e) + ": it was not touched for as long as it waits", "try again, and touch it when it blinks"), e);
            case PIN_INVALID -> wrongPin(place, -1, e);
            case PIN_BLOCKED -> blocked(place, said(e) + ": too many wrong PINs were given",
                    "a blocked PIN can't be set anew: reset the security key, which destroys its credentials, and enrol it again", e);
            case PIN_AUTH_BLOCKED -> blocked(place, said(e) + ": three wrong PINs were given since it was connected",
                    "take it out and put it back, and be sure of the PIN before the next try", e);
            case UV_BLOCKED, UV_INVALID -> blocked(place, said(e) + ": it did not know its user, and has no PIN to fall back on", "unlock it with its maker's tool", e);
            case PIN_NOT_SET, PUAT_REQUIRED -> notReady(place, said(e) + ": it has no PIN yet, or wants one that was not asked for");
            case NO_CREDENTIALS -> other(place, said(e));
            case UNSUPPORTED_ALGORITHM -> new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, place + " made no credential",
                    said(e) + ": it doesn't know the algorithm", "use --type p256, which every security key knows"), e);
            case KEY_STORE_FULL -> new KeyException.DeviceFailed(new Problem(ErrorCode.TOKEN_FAILED, place + " made no credential",
                    said(e) + ": it has no room to remember another", "leave resident=yes out, or delete a credential with its maker's tool"), e);
            case CREDENTIAL_EXCLUDED, PIN_AUTH_INVALID -> failed(place, e);
        };
    }

    private static KeyException ofLink(String place, Duration limit, LinkException.Kind kind, CtapException e) {
        return switch (kind) {
            case GONE -> new KeyException.DeviceFailed(new Problem(ErrorCode.SECURITY_KEY_REMOVED, place + " went away" + NOTHING, said(e),
                    "connect it again, leave it there, and begin anew"), e);
            case SLOW -> new KeyException.DeadlineExceeded(new Problem(ErrorCode.TOUCH_TIMED_OUT, place + " did not approve",
                    "expected a touch within " + limit.toSeconds() + " s, found none", "try again, and touch it when it blinks; --deadline SECONDS waits longer"), e);
            case BROKEN, NOT_ONE -> failed(place, e);
        };
    }

    private static KeyException failed(String place, CtapException e) {
        return new KeyException.DeviceFailed(new Problem(ErrorCode.TOKEN_FAILED, place + " failed" + NOTHING, said(e),
                "try again; if it stays so, see whether its maker's tool works with it"), e);
    }

    /// @param left how many tries are left; negative when it doesn't say
    static KeyException wrongPin(String place, long left, CtapException e) {
        return new KeyException.PinWrong(new Problem(ErrorCode.SECURITY_KEY_PIN_WRONG, place + " was not unlocked",
                said(e) + ": the PIN is wrong" + (left < 0 ? "" : ", and " + left + (left == 1 ? " try is" : " tries are") + " left"),
                "check the PIN before you try again: the program tried it once, and after eight wrong ones the security key has to be reset"), (int) left, e);
    }

    static KeyException blocked(String place, String why, String remedy, @Nullable CtapException cause) {
        return new KeyException.PinLocked(new Problem(ErrorCode.SECURITY_KEY_PIN_BLOCKED, place + " was not unlocked", why, remedy), cause);
    }

    static KeyException finalTry(String place) {
        return new KeyException.PinFinalTry(new Problem(ErrorCode.PIN_FINAL_TRY, place + " was not unlocked",
                "it says that one more wrong PIN blocks it for good", "add --confirm-final-try if you are sure of the PIN"));
    }

    static KeyException notReady(String place, String why) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.TOKEN_NOT_READY, place + " was not used", why,
                "set a PIN with its maker's tool; verification=none in the reference does without, for policies that allow it"), null);
    }

    static KeyException other(String place, String found) {
        return new KeyException.NotOne(new Problem(ErrorCode.SECURITY_KEY_OTHER, "nothing was approved", "expected a security key that has the credential, found "
                + place + " without it: " + found, "connect the security key that the credential was made on"), List.of(place));
    }

    static KeyException missing(List<String> barred) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.SECURITY_KEY_MISSING, "no security key was used",
                "expected one over PC/SC or USB, found none" + (barred.isEmpty() ? "" : "; " + String.join("; ", barred)),
                "connect one; chancery key list fido2: shows what is there"), null);
    }

    static KeyException several(List<String> names) {
        return new KeyException.NotOne(new Problem(ErrorCode.TOKEN_AMBIGUOUS, "no security key was used", "expected one, found " + String.join(", ", names),
                "leave one connected, or name it with device=NAME in the reference"), names);
    }

    private static String said(CtapException e) {
        return String.valueOf(e.getMessage());
    }
}
