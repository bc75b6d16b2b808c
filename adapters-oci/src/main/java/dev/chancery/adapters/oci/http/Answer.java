package dev.chancery.adapters.oci.http;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/// What came back. To be closed.
public final class Answer implements AutoCloseable {
    private final Call call;
    private final URI uri;
    private final int status;
    private final HttpHeaders headers;
    private final GuardedBody body;
    private final Runnable closed;

    Answer(Call call, URI uri, int status, HttpHeaders headers, GuardedBody body, Runnable closed) {
        this.call = call;
        this.uri = uri;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.closed = closed;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// Where it came from in the end, after redirects.
    public URI uri() {
        return uri;
    }

    /// A header's first value.
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    HttpHeaders headers() {
        return headers;
    }

    /// The body as it comes. A read fails when the connection ends early or stands still for too long.
    public InputStream body() {
        return body;
    }

    /// The whole body.
    ///
    /// @param limit in bytes
    /// @throws RegistryException when it is longer, or doesn't come to its end
    public Bytes bytes(int limit) throws RegistryException {
        try {
            return Bytes.readUpTo(body, limit).orElseThrow(() -> new RegistryException.Unsound(new Problem(ErrorCode.CONTENT_TOO_LARGE,
                    call.description() + " was not read", "at most " + limit + " bytes are expected, and more came",
                    "check what lies there"), null));
        } catch (IOException e) {
            throw Failures.broken(call, e);
        }
    }

    /// The beginning of the body of an error, for a message; empty when there is none.
    Bytes beginning(int limit) {
        try {
            byte[] bytes = body.readNBytes(limit);
            return Bytes.copyOf(bytes);
        } catch (IOException e) {
            return Bytes.empty();
        }
    }

    /// Lets the connection be used again.
    @Override
    public void close() {
        body.close();
        closed.run();
    }
}
