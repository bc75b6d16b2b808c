package dev.chancery.adapters.fulcio.http;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.sigstore.ServiceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Asks services, again where that may help, until there is an answer or the budget is used up. Thread-safe; blocks.
public final class ServiceHttp {
    /// The longest single try: a service that hangs is asked again after it.
    public static final Duration LONGEST_TRY = Duration.ofSeconds(10);

    /// How often a service is tried that doesn't even take connections: one that is down stays so for longer than anyone waits.
    static final int MAX_UNCONNECTED = 5;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ClientSource source;
    private final Pause pause;
    private final RandomGenerator random;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private @Nullable HttpClient client;

    /// @param source asked at the first request
    /// @param random for the jitter
    /// @param clock against which dates in answers are read
    public ServiceHttp(ClientSource source, Pause pause, RandomGenerator random, Clock clock) {
        this(source, pause, random, clock, System::nanoTime);
    }

    /// The same with another measure of time, for pauses that don't take any.
    ///
    /// @param nanoTime in nanoseconds, from wherever
    public ServiceHttp(ClientSource source, Pause pause, RandomGenerator random, Clock clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.source = source;
        this.pause = pause;
        this.random = random;
        this.clock = clock;
    }

    /// Does what the first request would have to do before it is sent. Whatever stands against that, the first request says.
    public void prepare() {
        try {
            client();
        } catch (ServiceException e) {
            // The first request says it.
        }
    }

    /// Asks until there is an answer that says more than to come later. Blocks for at most the budget.
    ///
    /// @throws ServiceException.Unavailable when there is no such answer within the budget
    /// @throws ServiceException.Untrusted when who answers can't prove who it is
    /// @throws ServiceException as [BeforeRepeat] throws it
    public Answer ask(Ask ask, Duration budget, BeforeRepeat beforeRepeat) throws ServiceException {
        long end = nanoTime.getAsLong() + budget.toNanos();
        boolean maybeDone = false;
        int unconnected = 0;
        for (int tried = 0;; tried++) {
            Duration left = Duration.ofNanos(end - nanoTime.getAsLong());
            if (maybeDone && left.isPositive()) {
                Optional<Answer> found = beforeRepeat.find(left);
                if (found.isPresent()) {
                    return found.get();
                }
                left = Duration.ofNanos(end - nanoTime.getAsLong());
            }
            Tried result = once(ask, left.compareTo(LONGEST_TRY) < 0 ? left : LONGEST_TRY);
            if (result.answerOrNull() != null && !result.answerOrNull().isLater()) {
                return result.answerOrNull();
            }
            maybeDone |= result.maybeDone();
            unconnected += result.answerOrNull() == null && !result.maybeDone() ? 1 : 0;
            Duration wanted = result.pause(backOff(tried));
            left = Duration.ofNanos(end - nanoTime.getAsLong());
            if (wanted.compareTo(left) >= 0 || unconnected == MAX_UNCONNECTED) {
                throw unavailable(ask, budget, tried + 1, result);
            }
            pause(ask.service(), wanted);
        }
    }

    /// A question that has no answer yet, or has one.
    @FunctionalInterface
    public interface Question<T> {
        /// Asks.
        ///
        /// @param left the time that is left
        Optional<T> ask(Duration left) throws ServiceException;
    }

    /// Asks until there is something to see: what a service has taken it may show only after a moment. Blocks for at most the budget.
    ///
    /// @return nothing when there wasn't within the budget
    /// @throws ServiceException as the question throws it
    public <T> Optional<T> untilShown(Question<T> question, Duration budget) throws ServiceException {
        long end = nanoTime.getAsLong() + budget.toNanos();
        for (int tried = 0;; tried++) {
            Optional<T> answer = question.ask(Duration.ofNanos(end - nanoTime.getAsLong()));
            Duration wanted = backOff(tried);
            if (answer.isPresent() || wanted.compareTo(Duration.ofNanos(end - nanoTime.getAsLong())) >= 0) {
                return answer;
            }
            pause("a service", wanted);
        }
    }

    /// What one try came to.
    ///
    /// @param answerOrNull an answer, perhaps one that says to come later
    /// @param why otherwise, and what became of it
    /// @param maybeDone whether the service may have done what it was asked
    private record Tried(@Nullable Answer answerOrNull, String why, boolean maybeDone, @Nullable Throwable causeOrNull) {
        Duration pause(Duration backOff) {
            Duration asked = answerOrNull == null ? Duration.ZERO : answerOrNull.retryAfter().orElse(Duration.ZERO);
            return asked.compareTo(backOff) > 0 ? asked : backOff;
        }
    }

    private Tried once(Ask ask, Duration limit) throws ServiceException {
        if (!limit.isPositive()) {
            return new Tried(null, "no time was left", false, null);
        }
        CompletableFuture<HttpResponse<byte[]>> future =
                client().sendAsync(request(ask, limit), BodyHandlers.limiting(BodyHandlers.ofByteArray(), ask.limit()));
        try {
            Answer answer = answer(future.get(limit.toNanos(), TimeUnit.NANOSECONDS));
            // A gateway's error says nothing about whether the service behind it was reached.
            return new Tried(answer, "it answered with HTTP status " + answer.status(), answer.status() == 502 || answer.status() == 504, null);
        } catch (TimeoutException e) {
            future.cancel(true);
            return new Tried(null, "it did not answer within " + seconds(limit), true, e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new ServiceException.Unavailable(problem(ErrorCode.EVIDENCE_SERVICE_UNAVAILABLE, ask.service(), "this program was interrupted",
                    "run it again"), e);
        } catch (ExecutionException e) {
            return failed(ask, e.getCause() == null ? e : e.getCause());
        }
    }

    private synchronized HttpClient client() throws ServiceException.Untrusted {
        if (client == null) {
            client = source.client();
        }
        return client;
    }

    private static Tried failed(Ask ask, Throwable cause) throws ServiceException {
        if (cause instanceof SSLException) {
            throw new ServiceException.Untrusted(problem(ErrorCode.EVIDENCE_SERVICE_UNTRUSTED, ask.service(), "TLS: " + cause.getMessage(),
                    "name the certificates of a private authority in SSL_CERT_FILE"), cause);
        }
        if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
            return new Tried(null, "no connection came about" + (cause.getMessage() == null ? "" : ": " + cause.getMessage()), false, cause);
        }
        if (cause instanceof IOException) {
            return new Tried(null, "the connection broke" + (cause.getMessage() == null ? "" : ": " + cause.getMessage()), true, cause);
        }
        if (cause instanceof RuntimeException bug) {
            throw bug;
        }
        throw new IllegalStateException(cause);
    }

    private static HttpRequest request(Ask ask, Duration limit) {
        HttpRequest.Builder request = HttpRequest.newBuilder(ask.uri()).timeout(limit);
        request.setHeader("User-Agent", "chancery");
        ask.headers().forEach(request::setHeader);
        if (!"https".equalsIgnoreCase(ask.uri().getScheme())) {
            request.version(HttpClient.Version.HTTP_1_1); // without an attempt to change to HTTP/2 that some servers stumble over
        }
        ask.body().ifPresent(body -> request.POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
        return request.build();
    }

    private Answer answer(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), Bytes.copyOf(response.body()), response.headers().firstValue("date").map(ServiceHttp::date).orElse(null),
                response.headers().firstValue("location").orElse(null), response.headers().firstValue("retry-after").map(this::retryAfter).orElse(null));
    }

    private static @Nullable Instant date(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /// Seconds, or a date (RFC 9110 §10.2.3).
    private @Nullable Duration retryAfter(String text) {
        if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Integer.parseInt(text));
        }
        @Nullable Instant date = date(text);
        return date == null ? null : Duration.between(clock.instant(), date);
    }

    /// Doubling from [#FIRST_PAUSE], half of it by chance, so that many that were turned away together don't come back together.
    private Duration backOff(int tried) {
        long most = Math.min(FIRST_PAUSE.toNanos() << Math.min(tried, 10), LONGEST_PAUSE.toNanos());
        return Duration.ofNanos(most / 2 + random.nextLong(most / 2));
    }

    private void pause(String service, Duration time) throws ServiceException {
        try {
            pause.wait(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceException.Unavailable(problem(ErrorCode.EVIDENCE_SERVICE_UNAVAILABLE, service, "this program was interrupted",
                    "run it again"), e);
        }
    }

    private static ServiceException unavailable(Ask ask, Duration budget, int tries, Tried last) {
        return new ServiceException.Unavailable(problem(ErrorCode.EVIDENCE_SERVICE_UNAVAILABLE, ask.service(),
                (tries == 1 ? "asked once" : "asked " + tries + " times") + " within " + seconds(budget) + "; the last time " + last.why(),
                "try again later, or allow more time with --service-timeout"), last.causeOrNull());
    }

    private static Problem problem(ErrorCode code, String service, String why, String remedy) {
        return new Problem(code, service + " did not help", why, remedy);
    }

    private static String seconds(Duration time) {
        return (time.toMillis() + 500) / 1000 < 1 ? time.toMillis() + " ms" : (time.toMillis() + 500) / 1000 + " s";
    }
}
