package dev.chancery.adapters.oci.registry;

import dev.chancery.adapters.oci.http.Answer;
import dev.chancery.adapters.oci.http.Call;
import dev.chancery.adapters.oci.http.Failures;
import dev.chancery.adapters.oci.http.RegistryHttp;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.ports.registry.BlobSource;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stores blobs (distribution spec, *Pushing blobs*): small ones in one piece, others in chunks, which go on where the registry says that
/// it has come to when one of them fails.
final class Uploads {
    /// The size of a chunk, in bytes; what is no longer goes in one piece.
    static final int CHUNK = 8 * 1024 * 1024;

    private static final int MOST_RESUMES = 4;
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final RegistryHttp http;
    private final String repository;

    Uploads(RegistryHttp http, String repository) {
        this.http = http;
        this.repository = repository;
    }

    /// Takes a blob over from another repository of the registry (distribution spec, *Mounting a blob from another repository*).
    ///
    /// @return false when the registry would rather have it sent
    boolean mount(Descriptor blob, String from) throws RegistryException {
        Call call = start("?mount=" + blob.digest() + "&from=" + from);
        try (Answer answer = http.call(call, repository)) {
            return switch (answer.status()) {
                case 201 -> true;
                case 202, 404, 405, 400 -> false;
                default -> throw Failures.status(call, answer);
            };
        }
    }

    private Call start(String query) {
        return new Call("POST", http.at("/v2/" + repository + "/blobs/uploads/" + query), Scopes.push(repository), Map.of(), Bytes.empty(), true);
    }

    void store(Descriptor blob, BlobSource content) throws RegistryException {
        Call call = start("");
        URI session;
        try (Answer answer = http.call(call, repository)) {
            if (answer.status() != 202) {
                throw Failures.status(call, answer);
            }
            session = location(call, answer);
        }
        try (InputStream in = content.open()) {
            if (blob.size() <= CHUNK) {
                finish(session, blob, Bytes.copyOf(in.readNBytes(CHUNK + 1)));
            } else {
                finish(chunks(session, blob, content), blob, Bytes.empty());
            }
        } catch (IOException e) {
            throw new RegistryException.Failed(new Problem(ErrorCode.INPUT_UNREADABLE, "the blob " + blob.digest() + " was not sent",
                    String.valueOf(e.getMessage()), "check the file it comes from"), e);
        }
    }

    private URI chunks(URI first, Descriptor blob, BlobSource content) throws IOException, RegistryException {
        URI session = first;
        long at = 0;
        int resumes = 0;
        InputStream in = content.open();
        try {
            while (at < blob.size()) {
                Bytes chunk = Bytes.copyOf(in.readNBytes(CHUNK));
                if (chunk.isEmpty()) {
                    throw new IOException("it is shorter than " + blob.size() + " bytes");
                }
                try {
                    session = patch(session, at, chunk);
                    at += chunk.size();
                } catch (RegistryException.Unreachable | RegistryException.Failed e) {
                    if (resumes++ == MOST_RESUMES) {
                        throw e;
                    }
                    Resumed resumed = resume(session, e);
                    session = resumed.session();
                    at = resumed.at();
                    in.close();
                    in = content.open();
                    in.skipNBytes(at);
                }
            }
            return session;
        } finally {
            in.close();
        }
    }

    private URI patch(URI session, long at, Bytes chunk) throws RegistryException {
        Call call = new Call("PATCH", session, Scopes.push(repository), Map.of("Content-Type", "application/octet-stream",
                "Content-Range", at + "-" + (at + chunk.size() - 1)), chunk, false);
        try (Answer answer = http.call(call, repository)) {
            if (answer.status() != 202) {
                throw answer.status() == 416
                        ? new RegistryException.Failed(Failures.status(call, answer).problem(), null) : Failures.status(call, answer);
            }
            return location(call, answer);
        }
    }

    /// Where an upload has come to.
    private record Resumed(URI session, long at) {}

    private Resumed resume(URI session, RegistryException failure) throws RegistryException {
        Call call = Call.get(session, Scopes.push(repository), Map.of());
        try (Answer answer = http.call(call, repository)) {
            if (answer.status() != 204 && answer.status() != 200) {
                throw failure;
            }
            Matcher range = RANGE.matcher(answer.header("Range").orElse(""));
            long last = range.matches() ? Long.parseLong(range.group(1)) : -1;
            // Registries that have nothing yet say 0-0, as do those that have one byte: that one is sent again.
            return new Resumed(answer.header("Location").isPresent() ? location(call, answer) : session, last <= 0 ? 0 : last + 1);
        }
    }

    private void finish(URI session, Descriptor blob, Bytes rest) throws RegistryException {
        String separator = session.getRawQuery() == null ? "?" : "&";
        Call call = new Call("PUT", URI.create(session + separator + "digest=" + blob.digest()), Scopes.push(repository),
                Map.of("Content-Type", "application/octet-stream"), rest, false);
        try (Answer answer = http.call(call, repository)) {
            if (answer.status() != 201 && answer.status() != 204) {
                throw Failures.status(call, answer);
            }
        }
    }

    private static URI location(Call call, Answer answer) throws RegistryException {
        Optional<String> location = answer.header("Location");
        try {
            URI uri = answer.uri().resolve(location.orElseThrow(() -> Failures.unsound(call, "expected the address of the upload, found none", null)));
            if (uri.getHost() == null || "https".equals(answer.uri().getScheme()) && !"https".equals(uri.getScheme())) {
                throw Failures.unsound(call, "the upload goes on at an address that is not to be trusted", null);
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw Failures.unsound(call, "the upload goes on at what is no address", e);
        }
    }
}
