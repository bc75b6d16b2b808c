package dev.chancery.application.keys;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.ports.key.KeyBackend;
import java.util.List;

/// The back ends this program was put together with. A reference goes to the first that accepts it.
public final class KeyBackends {
    private final List<KeyBackend> backends;

    /// @param backends in the order they are asked
    public KeyBackends(List<KeyBackend> backends) {
        this.backends = List.copyOf(backends);
    }

    /// The back end a reference belongs to.
    ///
    /// @throws KeyRefException when none knows this kind of reference
    public KeyBackend backendOf(KeyRef ref) throws KeyRefException {
        for (KeyBackend backend : backends) {
            if (backend.accepts(ref)) {
                return backend;
            }
        }
        throw new KeyRefException(new Problem(ErrorCode.SCHEME_UNKNOWN, "the key " + ref.text() + " cannot be reached",
                "no back end of this program knows such a reference",
                "use a path, env://NAME, pkcs11:…, fido2:…, awskms://…, gcpkms://…, azurekms://… or hashivault://…; a path that holds a colon is written ./PATH"));
    }
}
