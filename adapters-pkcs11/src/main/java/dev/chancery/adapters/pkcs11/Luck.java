package dev.chancery.adapters.pkcs11;

/// Whether it has paid lately to watch for something rather than to sleep until it comes. Where it hasn't, because processors are busy or what is
/// watched for takes longer, it is tried now and then only. For many threads; an estimate.
final class Luck {
    private static final int MISSES = 4;
    private static final int NOW_AND_THEN = 16;

    private volatile int missed;

    /// Whether to watch this time.
    boolean isWorthTrying() {
        int known = missed;
        if (known < MISSES) {
            return true;
        }
        missed = known + 1 & Integer.MAX_VALUE;
        return known % NOW_AND_THEN == 0;
    }

    /// What came of it.
    boolean was(boolean hit) {
        missed = hit ? 0 : missed + 1 & Integer.MAX_VALUE;
        return hit;
    }
}
