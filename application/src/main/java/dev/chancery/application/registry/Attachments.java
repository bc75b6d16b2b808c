package dev.chancery.application.registry;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.ReferrerList;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes signatures beside artifacts. Content goes first and the manifest that makes it a signature last, so that what is interrupted
/// leaves nothing that reads as one. Thread-safe; blocks.
public final class Attachments {
    /// The media type of bundles, and the artifact type of manifests with one.
    public static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    static final String SIGNATURE_ANNOTATION = "dev.cosignproject.cosign/signature";
    static final String PREDICATE_TYPE_ANNOTATION = "dev.sigstore.bundle.predicateType";

    private static final Bytes EMPTY = Bytes.ofUtf8("{}");
    private static final int MOST_TRIES = 20;
    private static final int LOOKS = 2;

    private final Clock clock;

    public Attachments(Clock clock) {
        this.clock = clock;
    }

    /// Writes a bundle with a statement as cosign 3 does (cosign v3, pkg/oci/remote, WriteAttestationNewBundleFormat).
    ///
    /// @return the digest of the referrer's manifest
    /// @throws RegistryException when it isn't stored, or not listed
    public Digest attachBundle(Repository repository, StoredManifest subject, Bytes bundle, String predicateType) throws RegistryException {
        return attach(repository, subject, BUNDLE, bundle, Map.of("dev.sigstore.bundle.content", "dsse-envelope", PREDICATE_TYPE_ANNOTATION, predicateType));
    }

    /// Writes a quorum, for members that no bundle can hold: in the same form, as a kind of its own, so that tools that read bundles pass it over.
    ///
    /// @return the digest of the referrer's manifest
    /// @throws RegistryException when it isn't stored, or not listed
    Digest attachQuorum(Repository repository, StoredManifest subject, Bytes quorum, String predicateType) throws RegistryException {
        return attach(repository, subject, QuorumBundle.MEDIA_TYPE, quorum, Map.of(PREDICATE_TYPE_ANNOTATION, predicateType));
    }

    private Digest attach(Repository repository, StoredManifest subject, String type, Bytes content, Map<String, String> annotations) throws RegistryException {
        Descriptor layer = store(repository, type, content);
        Descriptor config = store(repository, MediaTypes.EMPTY, EMPTY);
        Map<String, String> all = new TreeMap<>(annotations);
        all.put("org.opencontainers.image.created", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        StoredManifest manifest = OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, type, config, List.of(layer), subject.descriptor(), all));
        storeListed(repository, manifest, subject.digest());
        return manifest.digest();
    }

    /// Registries keep the list of what refers to a subject, and some lose an entry when several come at once (olareg 0.1.2 does): what isn't listed
    /// is stored again. It looks twice, since another's change may be under way during the first look.
    private static void storeListed(Repository repository, StoredManifest manifest, Digest subject) throws RegistryException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            repository.store(manifest);
            int looks = 0;
            while (looks < LOOKS && mayBeListed(repository, manifest.digest(), subject)) {
                looks++;
            }
            if (looks == LOOKS) {
                return;
            }
        }
        throw new RegistryException.Lost(new Problem(ErrorCode.REFERRER_LOST, "the signature " + manifest.digest() + " is stored, and not listed among those of "
                + subject, "the registry left it out " + MOST_TRIES + " times", "sign again when nobody else writes there"));
    }

    /// A list that can't be read, or not to its end, says nothing against what the registry has acknowledged.
    private static boolean mayBeListed(Repository repository, Digest manifest, Digest subject) {
        try {
            ReferrerList list = repository.referrers(subject);
            return list.missing().isPresent() || list.descriptors().stream().anyMatch(each -> each.digest().equals(manifest));
        } catch (RegistryException e) {
            return true;
        }
    }

    private static Descriptor store(Repository repository, String mediaType, Bytes content) throws RegistryException {
        Descriptor descriptor = new Descriptor(mediaType, HashAlgorithm.SHA_256.digest(content), content.size());
        repository.store(descriptor, content::inputStream);
        return descriptor;
    }

    /// Adds a signature over a payload to cosign 2's tag for signatures.
    ///
    /// @return the digest of the tag's manifest
    /// @throws RegistryException when it isn't stored, or others keep removing it
    public Digest attachSimpleSigning(Repository repository, StoredManifest subject, Bytes payload, Bytes signature) throws RegistryException {
        Descriptor layer = store(repository, MediaTypes.SIMPLE_SIGNING, payload).with(Map.of(SIGNATURE_ANNOTATION, signature.toBase64()));
        return append(repository, SignatureLayout.signatureTag(subject.digest()), layer);
    }

    /// Adds a DSSE envelope to cosign 2's tag for attestations.
    ///
    /// @return the digest of the tag's manifest
    /// @throws RegistryException when it isn't stored, or others keep removing it
    public Digest attachEnvelope(Repository repository, StoredManifest subject, Bytes envelope, String predicateType) throws RegistryException {
        Descriptor layer = store(repository, MediaTypes.DSSE, envelope)
                .with(Map.of(SIGNATURE_ANNOTATION, "", "predicateType", predicateType));
        return append(repository, SignatureLayout.attestationTag(subject.digest()), layer);
    }

    /// Reads the tag's manifest, adds a layer, writes it and reads it again: another writer may have been in between.
    private static Digest append(Repository repository, String tag, Descriptor layer) throws RegistryException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            List<Descriptor> layers = new ArrayList<>(layers(repository, tag));
            layers.add(layer);
            Descriptor config = store(repository, "application/vnd.oci.image.config.v1+json", config(layers));
            StoredManifest manifest = OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, null, config, layers, null, Map.of()));
            repository.tag(manifest, tag);
            if (layers(repository, tag).contains(layer)) {
                return manifest.digest();
            }
        }
        throw new RegistryException.Lost(new Problem(ErrorCode.REFERRER_LOST, "the signature is stored, and not in the manifest at the tag " + tag,
                "other writers removed it " + MOST_TRIES + " times", "sign again when they are done"));
    }

    private static List<Descriptor> layers(Repository repository, String tag) throws RegistryException {
        Optional<StoredManifest> found = repository.tagged(tag);
        if (found.isEmpty()) {
            return List.of();
        }
        try {
            if (OciDocumentCodec.read(found.get()) instanceof OciDocument.Manifest manifest) {
                return manifest.layers();
            }
            throw notSignatures(tag, "expected a manifest, found an index");
        } catch (FormatException e) {
            throw notSignatures(tag, e.problem().why());
        }
    }

    private static RegistryException.Unsound notSignatures(String tag, String why) {
        return new RegistryException.Unsound(new Problem(ErrorCode.REGISTRY_ANSWER_UNSOUND, "nothing was added at the tag " + tag, why,
                "find out who pushed something else to that tag, and remove it"), null);
    }

    /// A config that names the layers, as tools expect it that take the manifest for an image (image spec, config.md).
    private static Bytes config(List<Descriptor> layers) {
        return JsonText.compact(JsonText.object()
                .put("architecture", "")
                .put("created", "0001-01-01T00:00:00Z")
                .put("history", JsonText.array(layers.stream().<JsonValue>map(_ ->
                        JsonText.object().put("created", "0001-01-01T00:00:00Z").build()).toList()))
                .put("os", "")
                .put("rootfs", JsonText.object()
                        .put("type", "layers")
                        .put("diff_ids", JsonText.array(layers.stream().<JsonValue>map(layer ->
                                new JsonValue.JsonString(layer.digest().toString())).toList()))
                        .build())
                .put("config", JsonText.object().build())
                .build());
    }
}
