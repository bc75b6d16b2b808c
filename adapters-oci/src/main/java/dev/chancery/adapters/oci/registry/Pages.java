package dev.chancery.adapters.oci.registry;

import dev.chancery.adapters.oci.http.Answer;
import dev.chancery.adapters.oci.http.Call;
import dev.chancery.adapters.oci.http.Failures;
import dev.chancery.adapters.oci.http.RegistryHttp;
import dev.chancery.ports.registry.RegistryException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the next page of a list (RFC 8288; distribution spec, *Listing Tags* and *Listing Referrers*).
final class Pages {
    /// The most pages of one list.
    static final int MOST = 1000;

    private static final Pattern NEXT = Pattern.compile("<([^>]{1,4096})>\\s*;[^,]*\\brel=\"?next\"?");

    private Pages() {}

    /// Where the list goes on.
    ///
    /// @throws RegistryException.Unsound when that isn't in the same registry
    static Optional<URI> next(RegistryHttp http, Call call, Answer answer) throws RegistryException.Unsound {
        Matcher link = NEXT.matcher(answer.header("Link").orElse(""));
        if (!link.find()) {
            return Optional.empty();
        }
        try {
            URI next = answer.uri().resolve(link.group(1));
            if (!http.isOurs(next) || next.equals(call.uri())) {
                throw Failures.unsound(call, "the list goes on at itself or in another registry", null);
            }
            return Optional.of(next);
        } catch (IllegalArgumentException e) {
            throw Failures.unsound(call, "the list goes on at what is no address", e);
        }
    }
}
