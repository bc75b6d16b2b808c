package dev.chancery.ports.key;

import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import java.util.List;
import java.util.Set;

/// Generates, lists and describes the keys of one back end. Thread-safe; every call blocks.
public interface KeyCustodian {
    /// The kinds of key it can generate at a reference; for a token, as far as can be told without touching it.
    Set<KeySpec> generatable(KeyRef ref);

    /// Makes a key at the place and under the name the reference gives.
    ///
    /// A token's key is made inside it, sensitive, not extractable, and for signing only. A key file is written encrypted, for its
    /// owner only, and never over an existing file. A token takes no notice of the file format.
    ///
    /// @throws KeyException.Exists when a key of that name is there
    /// @throws KeyException when it can't be made
    KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException;

    /// The keys that a reference matches; one that names only a token or a module matches all in it. In a stable order. Of several tokens
    /// only what shows without a PIN is listed: one PIN is never tried on more than one.
    ///
    /// @throws KeyException when the place can't be read: never an empty list instead
    List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException;

    /// Describes the one key that a reference names.
    ///
    /// @throws KeyException when there is none or more than one
    KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException;

    /// What the back end says of where the one key that a reference names was made, and whether it could ever leave.
    ///
    /// @throws KeyException.Unsupported when it says nothing of the kind: key files
    /// @throws KeyException when there is no such key or more than one
    default KeyEvidence evidence(KeyRef ref, KeyAccess access) throws KeyException {
        throw new KeyException.Unsupported("there is no evidence for " + ref.text(), "use a key in a token");
    }

    /// Makes a new version of the one key that a reference names, of the same kind, and has the reference mean it from now on. Older
    /// versions stay as they are: what they signed verifies as before, and each still has a reference of its own.
    ///
    /// @return the new version
    /// @throws KeyException.Unsupported when the back end's keys have no versions: files and tokens
    /// @throws KeyException when there is no such key or more than one, or the back end refuses
    default KeyDescription rotate(KeyRef ref, KeyAccess access) throws KeyException {
        throw new KeyException.Unsupported("the key " + ref.text() + " was not rotated",
                "make a new key beside it with chancery key generate, and sign with that one");
    }

    /// Destroys the one key that a reference names: its private half and the public key object beside it. Certificates stay. There is no
    /// way back.
    ///
    /// @param confirmed the full id of the key that is meant; nothing happens unless it is this key's
    /// @throws KeyException.BackendUnusable when the key has another id, or nothing tells its id
    /// @throws KeyException.Unsupported when the back end destroys nothing
    /// @throws KeyException when there is no such key or more than one, or the back end refuses
    default void destroy(KeyRef ref, KeyId confirmed, KeyAccess access) throws KeyException {
        throw new KeyException.Unsupported("the key " + ref.text() + " was not destroyed", "remove it with the tools of the place where it is");
    }
}
