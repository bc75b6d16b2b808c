package dev.chancery.adapters.oci.http;

import dev.chancery.domain.bytes.Bytes;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request.
///
/// @param method `GET`, `HEAD`, `POST`, `PUT` or `PATCH`
/// @param scope what the registry's token must allow, such as `repository:team/app:pull`
/// @param headers without `Authorization`
/// @param bodyOrNull what is sent
/// @param again whether it may be sent a second time when the first had no answer or met an error: `PATCH` moves an upload on, and may not
public record Call(String method, URI uri, String scope, Map<String, String> headers, @Nullable Bytes bodyOrNull, boolean again) {
    public Call {
        headers = Map.copyOf(headers);
    }

    /// A request without a body.
    public static Call get(URI uri, String scope, Map<String, String> headers) {
        return new Call("GET", uri, scope, headers, null, true);
    }

    /// For messages: what and where, without the query, which can hold a signature of a storage service.
    public String description() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getPath();
    }

    Call to(URI other) {
        return new Call(method, other, scope, headers, bodyOrNull, again);
    }
}
