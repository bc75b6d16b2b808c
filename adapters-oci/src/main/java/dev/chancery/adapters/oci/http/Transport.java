package dev.chancery.adapters.oci.http;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Sends single requests to one host and follows its redirects. At most [#AT_ONCE] at a time.
///
/// A redirect to another host carries no credentials, and one from HTTPS to plain HTTP is refused.
final class Transport {
    /// Requests to one host at the same time.
    static final int AT_ONCE = 8;

    private static final int MOST_REDIRECTS = 5;
    private static final ScheduledExecutorService ALARMS = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("chancery-http-alarm").factory());

    private final HttpClient client;
    private final Timing timing;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Transport(HttpClient client, Timing timing) {
        this.client = client;
        this.timing = timing;
    }

    /// Sends a request, with credentials for its own host only. The answer is to be closed.
    ///
    /// @param authorizationOrNull the value of the header
    /// @throws IOException when no answer comes
    /// @throws RegistryException when a redirect is refused
    Answer send(Call call, @Nullable String authorizationOrNull) throws IOException, RegistryException {
        places.acquireUninterruptibly();
        boolean handedOut = false;
        try {
            URI uri = call.uri();
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                String authorization = sameHost(call.uri(), uri) ? authorizationOrNull : null;
                Answer answer = once(call.to(uri), authorization);
                Optional<URI> next = redirect(call, answer);
                if (next.isEmpty()) {
                    handedOut = true;
                    return answer;
                }
                answer.body().close();
                uri = next.get();
            }
            throw Failures.unsound(call, "more than " + MOST_REDIRECTS + " redirects one after the other", null);
        } finally {
            if (!handedOut) {
                places.release();
            }
        }
    }

    private Answer once(Call call, @Nullable String authorization) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).timeout(timing.answer())
                .method(call.method(), publisher(call.bodyOrNull()));
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            request.header(header.getKey(), header.getValue());
        }
        request.header("User-Agent", "chancery");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            return new Answer(call, call.uri(), response.statusCode(), response.headers(),
                    new GuardedBody(response.body(), timing.stall(), ALARMS), places::release);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static HttpRequest.BodyPublisher publisher(@Nullable Bytes body) {
        return body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body.toByteArray());
    }

    /// Where to go on. Only requests that read are sent on to another place.
    private static Optional<URI> redirect(Call call, Answer answer) throws RegistryException {
        boolean moved = switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        if (!moved) {
            return Optional.empty();
        }
        URI from = answer.uri();
        String location = answer.header("Location").orElse("");
        try {
            URI to = from.resolve(new URI(location));
            boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
            boolean http = "http".equals(to.getScheme());
            if (location.isEmpty() || !reads || !http && !"https".equals(to.getScheme()) || to.getHost() == null) {
                throw Failures.unsound(call, "a redirect that cannot be followed", null);
            }
            if (http && "https".equals(from.getScheme())) {
                throw new RegistryException.Unsound(new Problem(ErrorCode.REGISTRY_ANSWER_UNSOUND, call.description() + " was not followed further",
                        "the registry redirects from HTTPS to plain HTTP at " + to.getRawAuthority(), "have the registry's storage speak HTTPS"), null);
            }
            return Optional.of(to);
        } catch (java.net.URISyntaxException e) {
            throw Failures.unsound(call, "a redirect to what is no address", e);
        }
    }

    static boolean sameHost(URI one, URI other) {
        return one.getScheme().equals(other.getScheme()) && one.getRawAuthority().equalsIgnoreCase(String.valueOf(other.getRawAuthority()));
    }
}
