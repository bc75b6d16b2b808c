package dev.chancery.app.cli.evidence;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.trust.TrustSourceException;
import dev.chancery.ports.trust.TufMirror;
import dev.chancery.ports.trust.TufStore;
import java.util.Optional;

/// Mirrors, and where what was pulled from each is kept.
public interface TrustStores {
    /// A mirror.
    ///
    /// @throws TrustSourceException when its URL can't be used
    TufMirror mirror(String url) throws TrustSourceException;

    /// Where what was pulled from a mirror is kept.
    TufStore store(String url);

    /// The mirror of the public Sigstore.
    String publicGood();

    /// Whom this program trusts for a mirror by itself; nothing for any but the public Sigstore's.
    Optional<Bytes> builtInRoot(String url);
}
