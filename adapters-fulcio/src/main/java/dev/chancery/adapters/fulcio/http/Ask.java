package dev.chancery.adapters.fulcio.http;

import dev.chancery.domain.bytes.Bytes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request.
///
/// @param service whom it goes to, for messages: `the log https://rekor.example.com`
/// @param headers beside the usual ones; may hold secrets, so that nothing prints them
/// @param bodyOrNull null for a GET
/// @param limit the most that is read of the answer, in bytes
public record Ask(String service, URI uri, Map<String, String> headers, @Nullable Bytes bodyOrNull, int limit) {
    public Ask {
        headers = Map.copyOf(headers);
    }

    /// What is sent; nothing for a GET.
    public Optional<Bytes> body() {
        return Optional.ofNullable(bodyOrNull);
    }

    /// A GET.
    public static Ask get(String service, URI uri, String accept, int limit) {
        return new Ask(service, uri, Map.of("Accept", accept), null, limit);
    }

    /// A POST.
    public static Ask post(String service, URI uri, String contentType, String accept, Bytes body, int limit) {
        return new Ask(service, uri, Map.of("Content-Type", contentType, "Accept", accept), body, limit);
    }

    /// Whom it goes to; neither headers nor body, which may hold a token.
    @Override
    public String toString() {
        return "Ask of " + service;
    }
}
