package dev.chancery.app.cli.evidence;

import dev.chancery.ports.trust.TrustSourceException;
import dev.chancery.ports.trust.TufMirror;
import dev.chancery.ports.trust.TufStore;

/// Mirrors, and where what was pulled from each is kept.
public interface TrustStores {
    /// A mirror.
    ///
    /// @throws TrustSourceException when its URL can't be used
    TufMirror mirror(String url) throws TrustSourceException;

    /// Where what was pulled from a mirror is kept.
    TufStore store(String url);
}
