package dev.chancery.application.registry;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The artifact that a reference means: settled once, and by its digest from then on.
///
/// @param reference as the user wrote it
public record Subject(OciReference reference, StoredManifest manifest) {
    /// Which tag is meant when none is named.
    public static final String LATEST = "latest";

    private static final int DEEPEST = 8;

    /// Looks a reference up.
    ///
    /// @throws RegistryException when it can't be looked up, or there is nothing
    public static Subject resolve(Repository repository, OciReference reference) throws RegistryException {
        Optional<StoredManifest> found = reference.digest().isPresent()
                ? repository.manifest(reference.digest().get())
                : repository.tagged(reference.tag().orElse(LATEST));
        return new Subject(reference, found.orElseThrow(() -> new RegistryException.Absent(new Problem(ErrorCode.ARTIFACT_ABSENT,
                reference + " was not found", "there is no " + (reference.digest().isPresent() ? "content of this digest" : "such tag")
                        + " in " + repository.name(), "check the name, the tag and the digest"))));
    }

    /// The digest of the manifest.
    public Digest digest() {
        return manifest.digest();
    }

    /// The reference by digest.
    public OciReference exact() {
        return reference.at(digest());
    }

    /// What the manifest says.
    ///
    /// @throws FormatException when it isn't one
    public OciDocument document() throws FormatException {
        return OciDocumentCodec.read(manifest);
    }

    /// Itself, and every manifest that it lists when it is an index, and what those list.
    ///
    /// @throws RegistryException when one of them can't be had
    /// @throws FormatException when one of them isn't a manifest
    public List<Subject> withMembers(Repository repository) throws RegistryException, FormatException {
        Map<Digest, Subject> all = new LinkedHashMap<>();
        collect(repository, this, all, DEEPEST);
        return List.copyOf(all.values());
    }

    private static void collect(Repository repository, Subject subject, Map<Digest, Subject> all, int depth)
            throws RegistryException, FormatException {
        if (all.putIfAbsent(subject.digest(), subject) != null || depth == 0 || !(subject.document() instanceof OciDocument.Index index)) {
            return;
        }
        for (Descriptor member : index.manifests()) {
            if (member.isManifest()) {
                collect(repository, resolve(repository, subject.reference().at(member.digest())), all, depth - 1);
            }
        }
    }
}
