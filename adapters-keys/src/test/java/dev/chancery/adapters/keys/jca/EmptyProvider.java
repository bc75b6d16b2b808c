package dev.chancery.adapters.keys.jca;

import java.security.Provider;

/// A provider that has nothing, for configurations that name it.
public final class EmptyProvider extends Provider {
    private static final long serialVersionUID = 1;

    public EmptyProvider() {
        super("Empty", "1", "has nothing");
    }
}
