package dev.chancery.ports.condition;

import dev.chancery.domain.text.SafeText;
import org.jspecify.annotations.Nullable;

/// A condition that can't be compiled, or has no answer.
public final class ConditionException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param why one line
    public ConditionException(String why, @Nullable Throwable cause) {
        super(SafeText.oneLine(why), cause);
    }

    /// Why, in one line.
    public String why() {
        return String.valueOf(getMessage());
    }
}
