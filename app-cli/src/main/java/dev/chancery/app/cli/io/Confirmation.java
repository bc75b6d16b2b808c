package dev.chancery.app.cli.io;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/// A question to the person at the terminal.
public final class Confirmation {
    private Confirmation() {}

    /// Asks, and waits for an answer.
    ///
    /// @return whether the answer was the word yes; false where there is no terminal
    @SuppressWarnings("SystemConsoleNull") // it is null where standard input and output are redirected and no console provider is there
    public static boolean given(String question) {
        @Nullable Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return false;
        }
        @Nullable String answer = console.readLine("%s Type yes to go on: ", question);
        return answer != null && answer.strip().equals("yes");
    }
}
