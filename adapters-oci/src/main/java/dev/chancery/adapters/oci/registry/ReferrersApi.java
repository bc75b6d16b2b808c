package dev.chancery.adapters.oci.registry;

import dev.chancery.adapters.oci.http.Answer;
import dev.chancery.adapters.oci.http.Call;
import dev.chancery.adapters.oci.http.Failures;
import dev.chancery.adapters.oci.http.RegistryHttp;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.ReferrerList;
import dev.chancery.ports.registry.RegistryException;
import java.net.URI;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The referrers API (distribution spec, *Listing Referrers*), without its filter: what is ours is told by looking.
final class ReferrersApi {
    /// The most referrers of one subject that are read.
    static final int MOST = 20_000;

    private final RegistryHttp http;
    private final String repository;

    ReferrersApi(RegistryHttp http, String repository) {
        this.http = http;
        this.repository = repository;
    }

    /// The whole list; or its beginning, with the reason why it isn't whole.
    ///
    /// @return nothing when the registry has no such API
    /// @throws RegistryException when not even the first page could be read
    Optional<ReferrerList> list(Digest subject) throws RegistryException {
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        Set<URI> seen = new HashSet<>();
        Optional<URI> next = Optional.of(http.at("/v2/" + repository + "/referrers/" + subject));
        while (next.isPresent()) {
            if (!seen.add(next.get()) || seen.size() > Pages.MOST || found.size() > MOST) {
                return Optional.of(new ReferrerList(List.copyOf(found.values()), tooMany(subject, found.size())));
            }
            try {
                Optional<Optional<URI>> after = page(next.get(), found, seen.size() == 1);
                if (after.isEmpty()) {
                    return Optional.empty();
                }
                next = after.get();
            } catch (RegistryException e) {
                if (found.isEmpty()) {
                    throw e;
                }
                return Optional.of(new ReferrerList(List.copyOf(found.values()), e.problem()));
            }
        }
        return Optional.of(new ReferrerList(List.copyOf(found.values()), null));
    }

    private static Problem tooMany(Digest subject, int found) {
        return new Problem(ErrorCode.CONTENT_TOO_LARGE, "the list of what refers to " + subject + " was not read to its end",
                "at most " + MOST + " entries on " + Pages.MOST + " pages are read, and " + found + " were before the end",
                "remove what is not needed from the registry");
    }

    /// Reads a page into the list.
    ///
    /// @return where it goes on; outside of that nothing when the registry has no such API
    private Optional<Optional<URI>> page(URI uri, Map<Digest, Descriptor> found, boolean first) throws RegistryException {
        Call call = Call.get(uri, Scopes.pull(repository), Map.of("Accept", MediaTypes.INDEX));
        try (Answer answer = http.call(call, repository)) {
            if (first && (answer.status() == 404 || answer.status() == 405 || answer.status() == 400 || answer.status() == 501)) {
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw Failures.status(call, answer);
            }
            OciDocument document = OciDocumentCodec.read(MediaTypes.INDEX, answer.bytes(StoredManifest.MAX_LENGTH));
            document.content().forEach(descriptor -> found.putIfAbsent(descriptor.digest(), descriptor));
            return Optional.of(Pages.next(http, call, answer));
        } catch (FormatException e) {
            throw Failures.unsound(call, "expected a list of referrers: " + e.problem().why(), e);
        }
    }
}
