package dev.chancery.ports.registry;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.StoredManifest;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/// One repository of OCI content. Thread-safe. All methods block.
///
/// What is read by digest is what the digest says, or [RegistryException.Unsound]. Empty and [RegistryException.Absent] are given only
/// when the place has said for certain that there is nothing: whatever else goes wrong is an exception that says nothing about that.
public interface Repository extends AutoCloseable {
    /// How users write it.
    String name();

    /// What a tag points to now.
    ///
    /// @throws RegistryException when that can't be known
    Optional<StoredManifest> tagged(String tag) throws RegistryException;

    /// The manifest with this digest.
    ///
    /// @throws RegistryException when that can't be known
    Optional<StoredManifest> manifest(Digest digest) throws RegistryException;

    /// What refers to a manifest: by the referrers API, and by the tag that stands in for it (distribution spec, *Referrers Tag Schema*).
    ///
    /// @throws RegistryException when not even a part can be known
    ReferrerList referrers(Digest subject) throws RegistryException;

    /// All tags.
    ///
    /// @throws RegistryException when they can't be known to the last
    List<String> tags() throws RegistryException;

    /// A blob in memory.
    ///
    /// @param limit in bytes; a descriptor that names a larger size is refused before anything is read
    /// @throws RegistryException when it can't be had, or isn't what the descriptor says
    Bytes blob(Descriptor blob, int limit) throws RegistryException;

    /// Writes a blob to a stream. What was written counts only when this returns: until then it isn't known to be right.
    ///
    /// @throws RegistryException when it can't be had, or isn't what the descriptor says
    void read(Descriptor blob, OutputStream to) throws RegistryException;

    /// Whether a blob is there.
    ///
    /// @throws RegistryException when that can't be known
    boolean has(Descriptor blob) throws RegistryException;

    /// Stores a blob; nothing happens when it is there.
    ///
    /// @throws RegistryException when it isn't stored
    void store(Descriptor blob, BlobSource content) throws RegistryException;

    /// Takes a blob over from another repository of the same registry, without its bytes going through here.
    ///
    /// @return whether it is there now; false when it has to be stored
    /// @throws RegistryException when that can't be known
    boolean mount(Descriptor blob, Repository from) throws RegistryException;

    /// Stores a manifest under its digest. One that has a subject is found among that subject's referrers when this returns.
    ///
    /// @throws RegistryException.Lost when other writers keep removing it from the list
    /// @throws RegistryException when it isn't stored
    void store(StoredManifest manifest) throws RegistryException;

    /// Makes a tag point to a manifest, and stores that.
    ///
    /// @throws RegistryException when it isn't done
    void tag(StoredManifest manifest, String tag) throws RegistryException;

    /// Completes what was written. Without this, an archive isn't there.
    ///
    /// @throws RegistryException when it can't be completed
    void complete() throws RegistryException;

    @Override
    void close();
}
