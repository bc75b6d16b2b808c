package dev.chancery.adapters.oci.registry;

import dev.chancery.adapters.oci.http.Answer;
import dev.chancery.adapters.oci.http.Call;
import dev.chancery.adapters.oci.http.Failures;
import dev.chancery.adapters.oci.http.RegistryHttp;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.registry.RegistryException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The manifests of one repository (distribution spec, *Pulling manifests*, *Pushing manifests*).
final class Manifests {
    private static final Map<String, String> ACCEPT = Map.of("Accept", String.join(", ", MediaTypes.MANIFESTS));

    private final RegistryHttp http;
    private final String repository;

    Manifests(RegistryHttp http, String repository) {
        this.http = http;
        this.repository = repository;
    }

    /// A manifest with what identifies the version of its tag (RFC 9110 §8.8.3), if the registry said so.
    ///
    /// @param etagOrNull the header as it came
    record Tagged(StoredManifest manifest, @Nullable String etagOrNull) {}

    Optional<Tagged> get(String reference) throws RegistryException {
        Optional<Digest> wanted = OciReference.digest(reference);
        Call call = Call.get(http.at("/v2/" + repository + "/manifests/" + reference), pull(), ACCEPT);
        try (Answer answer = http.call(call, repository)) {
            if (answer.status() == 404) {
                if (!Failures.isRegistrysOwn(answer)) {
                    throw Failures.unsound(call, "status 404 without a registry's error in it", null);
                }
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw Failures.status(call, answer);
            }
            Bytes content = answer.bytes(StoredManifest.MAX_LENGTH);
            return Optional.of(new Tagged(checked(call, wanted, answer, content), answer.header("ETag").orElse(null)));
        }
    }

    private static StoredManifest checked(Call call, Optional<Digest> wanted, Answer answer, Bytes content) throws RegistryException.Unsound {
        HashAlgorithm algorithm = wanted.map(Digest::algorithm).orElse(HashAlgorithm.SHA_256);
        Digest found = algorithm.digest(content);
        if (wanted.isPresent() && !wanted.get().equals(found)) {
            throw Failures.mismatch(call.description(), wanted.get().toString(), found.toString());
        }
        Optional<Digest> claimed = answer.header("Docker-Content-Digest").flatMap(OciReference::digest)
                .filter(digest -> digest.algorithm() == algorithm);
        if (claimed.isPresent() && !claimed.get().equals(found)) {
            throw Failures.mismatch(call.description(), claimed.get() + " as the registry's header says", found.toString());
        }
        return new StoredManifest(mediaType(call, answer, content), found, content);
    }

    /// The header's, or the document's own where the header says something general.
    private static String mediaType(Call call, Answer answer, Bytes content) throws RegistryException.Unsound {
        String header = answer.header("Content-Type").orElse("").replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (MediaTypes.MANIFESTS.contains(header)) {
            return header;
        }
        try {
            String own = JsonFields.of(StrictJson.parse(content, StoredManifest.MAX_LENGTH), "").text("mediaType").orElse("");
            if (MediaTypes.MANIFESTS.contains(own)) {
                return own;
            }
        } catch (FormatException e) {
            throw Failures.unsound(call, "expected a manifest, found " + (header.isEmpty() ? "something else" : header), e);
        }
        throw Failures.unsound(call, "expected a manifest, found " + (header.isEmpty() ? "no media type" : header), null);
    }

    /// What came of storing one.
    ///
    /// @param subjectOrNull the subject whose list of referrers the registry says it keeps (distribution spec, *Pushing Manifests with
    ///     Subject*); null when it says nothing, and so keeps none
    /// @param refused whether the condition was not met
    record Put(@Nullable Digest subjectOrNull, boolean refused) {
        boolean isListedFor(Digest subject) {
            return subject.equals(subjectOrNull);
        }
    }

    /// Stores one under its digest or a tag.
    ///
    /// @param ifMatchOrNull the version of the tag that may be replaced
    Put put(String reference, StoredManifest manifest, @Nullable String ifMatchOrNull) throws RegistryException {
        var headers = new java.util.TreeMap<>(Map.of("Content-Type", manifest.mediaType()));
        if (ifMatchOrNull != null) {
            headers.put("If-Match", ifMatchOrNull);
        }
        Call call = new Call("PUT", http.at("/v2/" + repository + "/manifests/" + reference), push(), headers, manifest.content(), true);
        try (Answer answer = http.call(call, repository)) {
            if (answer.status() == 412 && ifMatchOrNull != null) {
                return new Put(null, true);
            }
            if (answer.status() != 201 && answer.status() != 200) {
                throw Failures.status(call, answer);
            }
            Optional<Digest> stored = answer.header("Docker-Content-Digest").flatMap(OciReference::digest);
            if (stored.isPresent() && stored.get().algorithm() == manifest.digest().algorithm() && !stored.get().equals(manifest.digest())) {
                throw Failures.mismatch(call.description(), manifest.digest().toString(), stored.get() + " as stored");
            }
            return new Put(answer.header("OCI-Subject").flatMap(OciReference::digest).orElse(null), false);
        }
    }

    private String pull() {
        return Scopes.pull(repository);
    }

    private String push() {
        return Scopes.push(repository);
    }
}
