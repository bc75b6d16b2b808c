package dev.chancery.application.registry;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.ReferrerList;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An artifact, its members, everything that refers to any of them, and what refers to that: by subject, and by cosign 2's tags.
final class ArtifactGraph {
    private static final int MOST = 50_000;

    private final Repository repository;
    private final Map<Digest, StoredManifest> manifests = new LinkedHashMap<>();
    private final Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
    private final List<Tagged> tagged = new ArrayList<>();
    private int referrers;

    private ArtifactGraph(Repository repository) {
        this.repository = repository;
    }

    /// A manifest that is found by a tag.
    record Tagged(String tag, StoredManifest manifest) {}

    /// Reads it all but the blobs.
    ///
    /// @throws RegistryException when a part can't be read, or a list of referrers is not known to its end
    static ArtifactGraph of(Repository repository, Subject subject) throws RegistryException, FormatException {
        ArtifactGraph graph = new ArtifactGraph(repository);
        graph.add(subject.manifest());
        return graph;
    }

    /// The manifests, each after what it lists and after its subject.
    List<StoredManifest> manifests() {
        return List.copyOf(manifests.values());
    }

    List<Tagged> tagged() {
        return List.copyOf(tagged);
    }

    /// Everything that is no manifest.
    List<Descriptor> blobs() {
        return List.copyOf(blobs.values());
    }

    /// How many manifests refer to others, by their subject or by a tag.
    int referrers() {
        return referrers;
    }

    private void add(StoredManifest manifest) throws RegistryException, FormatException {
        if (manifests.containsKey(manifest.digest())) {
            return;
        }
        if (manifests.size() >= MOST) {
            throw new RegistryException.Unsound(new Problem(ErrorCode.CONTENT_TOO_LARGE, "nothing was copied",
                    "more than " + MOST + " manifests hang together with the artifact", "remove what is not needed"), null);
        }
        for (Descriptor content : OciDocumentCodec.read(manifest).content()) {
            if (content.isManifest()) {
                add(manifest(content));
            } else {
                blobs.putIfAbsent(content.digest(), content);
            }
        }
        manifests.put(manifest.digest(), manifest);
        addReferrers(manifest.digest());
        addTagged(manifest.digest());
    }

    private StoredManifest manifest(Descriptor descriptor) throws RegistryException {
        return repository.manifest(descriptor.digest()).orElseThrow(() -> new RegistryException.Absent(new Problem(ErrorCode.ARTIFACT_ABSENT,
                "the manifest " + descriptor.digest() + " was not found", "another one refers to it, and it is not in " + repository.name(),
                "restore it there")));
    }

    private void addReferrers(Digest subject) throws RegistryException, FormatException {
        ReferrerList list = repository.referrers(subject);
        if (list.missing().isPresent()) {
            throw new RegistryException.Unsound(list.missing().get(), null);
        }
        for (Descriptor referrer : list.descriptors()) {
            StoredManifest manifest = manifest(referrer);
            OciDocument document = OciDocumentCodec.read(manifest);
            if (document.subject().map(Descriptor::digest).equals(Optional.of(subject)) && !manifests.containsKey(manifest.digest())) {
                referrers++;
                add(manifest);
            }
        }
    }

    private void addTagged(Digest subject) throws RegistryException, FormatException {
        for (String tag : List.of(SignatureLayout.signatureTag(subject), SignatureLayout.attestationTag(subject), SignatureLayout.billTag(subject))) {
            Optional<StoredManifest> found = repository.tagged(tag);
            if (found.isPresent()) {
                referrers++;
                tagged.add(new Tagged(tag, found.get()));
                add(found.get());
            }
        }
    }
}
