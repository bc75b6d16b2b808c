package dev.chancery.app.cli.io;

import dev.chancery.domain.text.SafeText;
import dev.chancery.ports.key.TouchPrompt;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Says on standard error that a security key waits for a touch.
public final class TerminalTouch implements TouchPrompt {
    @Override
    public void touch(String place, Duration limit) {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        err.println("touch " + SafeText.oneLine(place) + " (within " + limit.toSeconds() + " s)");
    }
}
