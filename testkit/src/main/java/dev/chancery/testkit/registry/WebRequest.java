package dev.chancery.testkit.registry;

import dev.chancery.domain.bytes.Bytes;
import java.util.Map;
import java.util.Optional;

/// A request as it came.
///
/// @param target path and query, as sent
/// @param headers by their names in lower case
public record WebRequest(String method, String target, Map<String, String> headers, Bytes body) {
    public WebRequest {
        headers = Map.copyOf(headers);
    }

    /// The target without its query.
    public String path() {
        return target.replaceFirst("\\?.*", "");
    }

    /// A parameter of the query, as sent.
    public Optional<String> parameter(String name) {
        int question = target.indexOf('?');
        if (question < 0) {
            return Optional.empty();
        }
        for (String pair : target.substring(question + 1).split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(java.net.URLDecoder.decode(pair.substring(name.length() + 1), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /// A header.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
