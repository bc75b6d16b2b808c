package dev.chancery.bench;

/// What one slice of time gave.
///
/// @param count operations
/// @param nanos of the clock on the wall
/// @param cpuNanos of all processors, in the kernel and outside
record Rate(long count, long nanos, long cpuNanos) {
    double perSecond() {
        return count * 1e9 / nanos;
    }

    double cpuMicros() {
        return cpuNanos / 1e3 / count;
    }
}
