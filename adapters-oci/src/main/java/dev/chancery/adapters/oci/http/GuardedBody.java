package dev.chancery.adapters.oci.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A body that fails when it stands still for too long: the JDK's client has no limit for that.
final class GuardedBody extends InputStream {
    /// What is still read on closing, so that the connection can be used again.
    private static final int DRAIN = 64 * 1024;

    private final InputStream in;
    private final Duration stall;
    private final ScheduledExecutorService alarms;
    private volatile boolean stalled;
    private boolean ended;

    GuardedBody(InputStream in, Duration stall, ScheduledExecutorService alarms) {
        this.in = in;
        this.stall = stall;
        this.alarms = alarms;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        ScheduledFuture<?> alarm = alarms.schedule(this::stop, stall.toMillis(), TimeUnit.MILLISECONDS);
        try {
            int read = in.read(buffer, offset, length);
            ended |= read < 0;
            if (stalled) {
                throw stood(null);
            }
            return read;
        } catch (IOException e) {
            throw stalled ? stood(e) : e;
        } finally {
            alarm.cancel(false);
        }
    }

    private IOException stood(@org.jspecify.annotations.Nullable IOException cause) {
        return new IOException("nothing came for " + stall.toSeconds() + " seconds", cause);
    }

    private void stop() {
        stalled = true;
        try {
            in.close();
        } catch (IOException e) {
            // The reader meets it.
        }
    }

    @Override
    public void close() {
        try {
            for (int left = DRAIN; !ended && left > 0;) {
                int read = read(new byte[8192], 0, 8192);
                left -= Math.max(read, 0);
            }
            in.close();
        } catch (IOException e) {
            // What was needed of it was read.
        }
    }
}
