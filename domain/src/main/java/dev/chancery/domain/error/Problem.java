package dev.chancery.domain.error;

import dev.chancery.domain.text.SafeText;

/// What a user is told: what happened, why, and what to do about it. One line each.
///
/// The texts may hold names from outside (labels, paths, server messages): they are made safe here, once, so that every
/// problem can be shown as it is.
///
/// @param code the stable code, with its page in docs/errors
/// @param what what did not happen, in one line
/// @param why the cause, as far as it is known
/// @param remedy what to do now
public record Problem(ErrorCode code, String what, String why, String remedy) {
    public Problem {
        what = SafeText.oneLine(what);
        why = SafeText.oneLine(why);
        remedy = SafeText.oneLine(remedy);
    }
}
