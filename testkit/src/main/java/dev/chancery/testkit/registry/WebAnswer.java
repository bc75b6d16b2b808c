package dev.chancery.testkit.registry;

import dev.chancery.domain.bytes.Bytes;
import java.util.Map;
import java.util.TreeMap;

/// An answer to be sent.
///
/// @param sent how many bytes of the body go out before the connection is closed; the body's length for all of it
public record WebAnswer(int status, Map<String, String> headers, Bytes body, int sent) {
    public WebAnswer {
        headers = Map.copyOf(headers);
    }

    /// With a body, all of which is sent.
    public static WebAnswer of(int status, Map<String, String> headers, Bytes body) {
        return new WebAnswer(status, headers, body, body.size());
    }

    /// With a text.
    public static WebAnswer of(int status, String body) {
        return of(status, Map.of(), Bytes.ofUtf8(body));
    }

    /// A registry's error (distribution spec, *Error Codes*).
    public static WebAnswer error(int status, String code) {
        return of(status, Map.of("Content-Type", "application/json"),
                Bytes.ofUtf8("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"as the test wants\"}]}"));
    }

    /// With one more header.
    public WebAnswer with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new WebAnswer(status, more, body, sent);
    }

    /// The same, cut off in the middle of its body.
    public WebAnswer cut() {
        return new WebAnswer(status, headers, body, body.size() / 2);
    }
}
