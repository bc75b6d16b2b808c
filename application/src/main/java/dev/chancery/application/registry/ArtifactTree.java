package dev.chancery.application.registry;

import dev.chancery.domain.digest.Digest;
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
import java.util.List;
import java.util.Optional;

/// What hangs on an artifact, as far as it can be read. Nothing in it is verified.
///
/// @param place how it hangs there: `artifact`, `member`, `referrer`, or a tag
/// @param kind the artifact type, else the media type
/// @param about what its predicate type is said to be; empty when it says nothing
/// @param missing what couldn't be read below it
public record ArtifactTree(String place, Digest digest, String kind, String about, List<ArtifactTree> below, List<Problem> missing) {
    private static final int DEEPEST = 6;

    public ArtifactTree {
        below = List.copyOf(below);
        missing = List.copyOf(missing);
    }

    /// Reads it.
    ///
    /// @throws FormatException when the artifact's manifest isn't one
    public static ArtifactTree of(Repository repository, Subject subject) throws FormatException {
        return of(repository, "artifact", subject.manifest(), DEEPEST);
    }

    private static ArtifactTree of(Repository repository, String place, StoredManifest manifest, int depth) throws FormatException {
        OciDocument document = OciDocumentCodec.read(manifest);
        List<ArtifactTree> below = new ArrayList<>();
        List<Problem> missing = new ArrayList<>();
        if (depth > 0) {
            if (document instanceof OciDocument.Index index) {
                index.manifests().stream().filter(Descriptor::isManifest)
                        .forEach(member -> add(repository, "member", member, depth, below, missing));
            }
            addReferrers(repository, manifest.digest(), depth, below, missing);
            addTagged(repository, manifest.digest(), depth, below, missing);
        }
        return new ArtifactTree(place, manifest.digest(), document.artifactType().orElse(manifest.mediaType()),
                document.annotations().getOrDefault(Attachments.PREDICATE_TYPE_ANNOTATION, ""), below, missing);
    }

    private static void add(Repository repository, String place, Descriptor descriptor, int depth, List<ArtifactTree> below,
            List<Problem> missing) {
        try {
            Optional<StoredManifest> manifest = repository.manifest(descriptor.digest());
            if (manifest.isPresent()) {
                below.add(of(repository, place, manifest.get(), depth - 1));
            } else {
                missing.add(new Problem(dev.chancery.domain.error.ErrorCode.ARTIFACT_ABSENT, "the " + place + " " + descriptor.digest()
                        + " was not found", "it is listed, and not in " + repository.name(), "restore it, or remove it from the list"));
            }
        } catch (RegistryException | FormatException e) {
            missing.add(e.problem());
        }
    }

    private static void addReferrers(Repository repository, Digest subject, int depth, List<ArtifactTree> below, List<Problem> missing) {
        try {
            ReferrerList list = repository.referrers(subject);
            list.missing().ifPresent(missing::add);
            list.descriptors().forEach(referrer -> add(repository, "referrer", referrer, depth, below, missing));
        } catch (RegistryException e) {
            missing.add(e.problem());
        }
    }

    private static void addTagged(Repository repository, Digest subject, int depth, List<ArtifactTree> below, List<Problem> missing) {
        for (String tag : List.of(SignatureLayout.signatureTag(subject), SignatureLayout.attestationTag(subject), SignatureLayout.billTag(subject))) {
            try {
                Optional<StoredManifest> found = repository.tagged(tag);
                if (found.isPresent()) {
                    below.add(of(repository, tag, found.get(), depth - 1));
                }
            } catch (RegistryException | FormatException e) {
                missing.add(e.problem());
            }
        }
    }
}
