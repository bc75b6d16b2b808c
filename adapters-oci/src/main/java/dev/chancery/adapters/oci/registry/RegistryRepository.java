package dev.chancery.adapters.oci.registry;

import dev.chancery.adapters.oci.http.Answer;
import dev.chancery.adapters.oci.http.Call;
import dev.chancery.adapters.oci.http.Failures;
import dev.chancery.adapters.oci.http.RegistryHttp;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.OciPlace;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.BlobSource;
import dev.chancery.ports.registry.ReferrerList;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One repository of a registry.
public final class RegistryRepository implements Repository {
    private static final int MOST_TAGS = 100_000;

    private final RegistryHttp http;
    private final OciPlace.Registry place;
    private final Manifests manifests;
    private final Blobs blobs;
    private final Uploads uploads;
    private final ReferrersApi api;
    private final ReferrersTag tag;

    public RegistryRepository(RegistryHttp http, OciPlace.Registry place) {
        this.http = http;
        this.place = place;
        String path = path(place);
        manifests = new Manifests(http, path);
        blobs = new Blobs(http, path);
        uploads = new Uploads(http, path);
        api = new ReferrersApi(http, path);
        tag = new ReferrersTag(manifests, http.timing());
    }

    /// On Docker Hub a name without a slash is one of its own images.
    private static String path(OciPlace.Registry place) {
        boolean hub = place.host().equals("docker.io") || place.host().equals("index.docker.io") || place.host().equals("registry-1.docker.io");
        return hub && !place.repository().contains("/") ? "library/" + place.repository() : place.repository();
    }

    @Override
    public String name() {
        return OciReference.REGISTRY + place;
    }

    @Override
    public Optional<StoredManifest> tagged(String name) throws RegistryException {
        return manifests.get(name).map(Manifests.Tagged::manifest);
    }

    @Override
    public Optional<StoredManifest> manifest(Digest digest) throws RegistryException {
        return manifests.get(digest.toString()).map(Manifests.Tagged::manifest);
    }

    /// Both lists, since a tool that knows one of them only may have copied the artifact here.
    @Override
    public ReferrerList referrers(Digest subject) throws RegistryException {
        Optional<ReferrerList> listed = api.list(subject);
        if (listed.isEmpty()) {
            return tag.list(subject);
        }
        Map<Digest, Descriptor> all = new LinkedHashMap<>();
        listed.get().descriptors().forEach(entry -> all.put(entry.digest(), entry));
        try {
            tag.list(subject).descriptors().forEach(entry -> all.putIfAbsent(entry.digest(), entry));
        } catch (RegistryException e) {
            return new ReferrerList(List.copyOf(all.values()), e.problem());
        }
        return new ReferrerList(List.copyOf(all.values()), listed.get().missing().orElse(null));
    }

    @Override
    public List<String> tags() throws RegistryException {
        Set<String> tags = new LinkedHashSet<>();
        Set<URI> seen = new HashSet<>();
        Optional<URI> next = Optional.of(http.at("/v2/" + path(place) + "/tags/list?n=1000"));
        while (next.isPresent()) {
            Call call = Call.get(next.get(), Scopes.pull(path(place)), Map.of());
            if (!seen.add(next.get()) || seen.size() > Pages.MOST || tags.size() > MOST_TAGS) {
                throw Failures.unsound(call, "the list of tags has no end", null);
            }
            try (Answer answer = http.call(call, path(place))) {
                if (answer.status() != 200) {
                    throw Failures.status(call, answer);
                }
                readTags(answer.bytes(StoredManifest.MAX_LENGTH), tags);
                next = Pages.next(http, call, answer);
            } catch (FormatException e) {
                throw Failures.unsound(call, "expected a list of tags: " + e.problem().why(), e);
            }
        }
        return List.copyOf(tags);
    }

    private static void readTags(Bytes json, Set<String> tags) throws FormatException {
        for (JsonValue each : JsonFields.of(StrictJson.parse(json, StoredManifest.MAX_LENGTH), "").array("tags")) {
            if (!(each instanceof JsonValue.JsonString(String name)) || !OciReference.isTag(name)) {
                throw FormatException.fieldInvalid("tags", "tags", each.kind());
            }
            tags.add(name);
        }
    }

    @Override
    public Bytes blob(Descriptor blob, int limit) throws RegistryException {
        if (blob.size() > limit) {
            throw new RegistryException.Unsound(new Problem(ErrorCode.CONTENT_TOO_LARGE, "the blob " + blob.digest() + " was not read",
                    "expected at most " + limit + " bytes, found " + blob.size(), "check what lies there"), null);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.min(blob.size(), 64 * 1024));
        blobs.read(blob, out);
        return Bytes.copyOf(out.toByteArray());
    }

    @Override
    public void read(Descriptor blob, OutputStream to) throws RegistryException {
        blobs.read(blob, to);
    }

    @Override
    public boolean has(Descriptor blob) throws RegistryException {
        return blobs.has(blob);
    }

    @Override
    public void store(Descriptor blob, BlobSource content) throws RegistryException {
        if (!blobs.has(blob)) {
            uploads.store(blob, content);
        }
    }

    @Override
    public boolean mount(Descriptor blob, Repository from) throws RegistryException {
        return from instanceof RegistryRepository other && other.place.host().equals(place.host())
                && uploads.mount(blob, path(other.place));
    }

    @Override
    public void store(StoredManifest manifest) throws RegistryException {
        Manifests.Put put = manifests.put(manifest.digest().toString(), manifest, null);
        listed(manifest, put);
    }

    @Override
    public void tag(StoredManifest manifest, String name) throws RegistryException {
        Manifests.Put put = manifests.put(name, manifest, null);
        listed(manifest, put);
    }

    private void listed(StoredManifest manifest, Manifests.Put put) throws RegistryException {
        OciDocument document;
        try {
            document = OciDocumentCodec.read(manifest);
        } catch (FormatException e) {
            throw new RegistryException.Unsound(e.problem(), e);
        }
        Optional<Descriptor> subject = document.subject();
        if (subject.isPresent() && !put.isListedFor(subject.get().digest())) {
            tag.add(subject.get().digest(), new Descriptor(manifest.mediaType(), manifest.digest(), manifest.content().size(),
                    document.artifactType().orElse(null), document.annotations()));
        }
    }

    @Override
    public void complete() {
        // Each call completes what it writes.
    }

    @Override
    public void close() {
        // Connections are the host's, and are kept for other repositories of it.
    }
}
