package dev.chancery.app.cli.io;

import java.io.PrintStream;
import java.util.Locale;

/// A line on the terminal that is drawn over while long work goes on. Not thread-safe.
public final class Progress implements AutoCloseable {
    private static final long NANOS_BETWEEN = 200_000_000;
    private static final int WIDTH = 30;

    private final PrintStream err;
    private final boolean shown;
    private final String what;
    private long lastDrawn = System.nanoTime();
    private boolean drawn;

    Progress(PrintStream err, boolean shown, String what) {
        this.err = err;
        this.shown = shown;
        this.what = what;
    }

    /// Says how far the work is. Draws at most five times a second, and nothing in the first fifth of a second.
    ///
    /// @param fraction from 0 to 1
    /// @param detail a few words, such as a count
    public void at(double fraction, String detail) {
        if (!shown) {
            return;
        }
        long now = System.nanoTime();
        if (now - lastDrawn < NANOS_BETWEEN) {
            return;
        }
        lastDrawn = now;
        drawn = true;
        double part = Math.clamp(fraction, 0, 1);
        int full = (int) (part * WIDTH);
        err.print("\r" + what + " [" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] "
                + String.format(Locale.ROOT, "%3d", (int) (part * 100)) + " %  " + detail + "  ");
        err.flush();
    }

    /// Takes the line away.
    @Override
    public void close() {
        if (drawn) {
            err.print("\r" + " ".repeat(100) + "\r");
            err.flush();
            drawn = false;
        }
    }
}
