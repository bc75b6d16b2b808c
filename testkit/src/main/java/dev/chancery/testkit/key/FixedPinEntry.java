package dev.chancery.testkit.key;

import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives the same PIN to whoever asks, and keeps count: what was asked, and whether each PIN was closed. Thread-safe.
public final class FixedPinEntry implements PinEntry {
    private final @Nullable String pin;
    private final KeyException.@Nullable PinUnavailable failure;
    private final List<Prompt> prompts = new ArrayList<>();
    private final List<Pin> given = new ArrayList<>();

    private FixedPinEntry(@Nullable String pin, KeyException.@Nullable PinUnavailable failure) {
        this.pin = pin;
        this.failure = failure;
    }

    /// Always this PIN, which is one made up for a test.
    public static FixedPinEntry of(String pin) {
        return new FixedPinEntry(pin, null);
    }

    /// Nobody to ask.
    public static FixedPinEntry none() {
        return new FixedPinEntry(null, null);
    }

    /// A place to read the PIN from that can't be read.
    public static FixedPinEntry failing(KeyException.PinUnavailable failure) {
        return new FixedPinEntry(null, failure);
    }

    @Override
    public synchronized Optional<Pin> request(Prompt prompt) throws KeyException {
        prompts.add(prompt);
        if (failure != null) {
            throw failure;
        }
        if (pin == null) {
            return Optional.empty();
        }
        Pin fresh = Pin.copyOf(pin.toCharArray());
        given.add(fresh);
        return Optional.of(fresh);
    }

    /// What was asked for so far, in order.
    public synchronized List<Prompt> prompts() {
        return List.copyOf(prompts);
    }

    /// How many of the PINs that were given away are still open.
    public synchronized int open() {
        int open = 0;
        for (Pin pin : given) {
            try {
                java.util.Arrays.fill(pin.characters(SecretAccess.grantedForUse()), '\0');
                open++;
            } catch (IllegalStateException e) {
                // Closed, as it should be.
            }
        }
        return open;
    }
}
