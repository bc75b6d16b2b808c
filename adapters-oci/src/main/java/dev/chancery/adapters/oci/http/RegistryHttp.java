package dev.chancery.adapters.oci.http;

import dev.chancery.adapters.oci.auth.Challenge;
import dev.chancery.adapters.oci.auth.Credential;
import dev.chancery.adapters.oci.auth.CredentialSource;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/// Calls to one registry: authorised as it asks for, and tried again when it throttles or stumbles. Thread-safe; blocks.
public final class RegistryHttp {
    private static final int MOST_TRIES = 5;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final int MOST_RETRY_AFTER = 86_400;

    private final URI base;
    private final String host;
    private final Transport transport;
    private final Timing timing;
    private final TokenService tokens;
    private final CredentialSource credentials;
    private final Map<String, Optional<Credential>> found = new ConcurrentHashMap<>();
    private final RandomGenerator random = new SplittableRandom();
    private final AtomicReference<Instant> quietUntil = new AtomicReference<>(Instant.MIN);
    private volatile boolean takesBasic;

    /// @param base the registry's address, without a path
    /// @param host as the user wrote it, by which credentials are found
    public RegistryHttp(URI base, String host, HttpClient client, CredentialSource credentials, Timing timing) {
        this.base = base;
        this.host = host;
        this.transport = new Transport(client, timing);
        this.timing = timing;
        this.tokens = new TokenService(transport, timing);
        this.credentials = credentials;
    }

    /// An address in this registry.
    public URI at(String pathAndQuery) {
        return base.resolve(pathAndQuery);
    }

    /// Whether an address is in this registry, so that what it says is to be believed as far as the registry is.
    public boolean isOurs(URI uri) {
        return Transport.sameHost(base, uri);
    }

    /// What time is to it.
    public Timing timing() {
        return timing;
    }

    /// Makes a call and gives the answer, which is neither 401 nor 429 nor any of 500 to 504; it is to be closed.
    ///
    /// @param repository by which credentials are found
    /// @throws RegistryException when the registry can't be reached, refuses the credentials, throttles or fails
    public Answer call(Call call, String repository) throws RegistryException {
        Instant until = timing.clock().instant().plus(timing.tries());
        keepQuiet(call, until);
        for (int tries = 1;; tries++) {
            RegistryException failure;
            Duration wait = backoff(tries);
            try {
                Answer answer = authorised(call, repository);
                if (!failed(answer.status())) {
                    return answer;
                }
                try (answer) {
                    failure = Failures.status(call, answer);
                    Optional<Duration> asked = retryAfter(answer);
                    boolean throttled = answer.status() == 429 || answer.status() == 503;
                    if (!throttled && !call.again()) {
                        throw failure;
                    }
                    if (throttled && asked.isPresent()) {
                        wait = asked.get();
                        Instant again = timing.clock().instant().plus(wait);
                        quietUntil.accumulateAndGet(again, (one, other) -> one.isAfter(other) ? one : other);
                    }
                }
            } catch (IOException e) {
                failure = Failures.broken(call, e);
                if (!call.again() || e instanceof java.net.http.HttpTimeoutException) {
                    throw failure;
                }
            }
            if (tries == MOST_TRIES || timing.clock().instant().plus(wait).isAfter(until)) {
                throw failure;
            }
            sleep(wait, failure);
        }
    }

    /// What one call was told is meant for all: a registry that named a time isn't asked before.
    private void keepQuiet(Call call, Instant until) throws RegistryException {
        Instant again = quietUntil.get();
        if (!again.isAfter(timing.clock().instant())) {
            return;
        }
        RegistryException tooLong = new RegistryException.Throttled(new Problem(ErrorCode.REGISTRY_THROTTLED, "the registry was not asked for " + call.description(),
                "it wants no requests before " + again, "try again after that"), null);
        if (again.isAfter(until)) {
            throw tooLong;
        }
        sleep(Duration.between(timing.clock().instant(), again), tooLong);
    }

    private static boolean failed(int status) {
        return status == 429 || status >= 500 && status <= 504 && status != 501;
    }

    /// Doubles at each try, and is anything from half of that to all of it, so that many clients don't come back at the same time.
    private Duration backoff(int tries) {
        long most = FIRST_WAIT.toMillis() << (tries - 1);
        synchronized (random) {
            return Duration.ofMillis(random.nextLong(most / 2, most + 1));
        }
    }

    private void sleep(Duration wait, RegistryException failure) throws RegistryException {
        try {
            timing.pause().pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /// RFC 9110 §10.2.3: seconds, or a date.
    private Optional<Duration> retryAfter(Answer answer) {
        String value = answer.header("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Math.min(Integer.parseInt(value), MOST_RETRY_AFTER)));
        }
        try {
            Duration wait = Duration.between(timing.clock().instant(), ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Answer authorised(Call call, String repository) throws IOException, RegistryException {
        Optional<String> known = isOurs(call.uri()) ? tokens.known(call.scope()) : Optional.empty();
        if (known.isEmpty() && takesBasic && isOurs(call.uri())) {
            known = credential(repository).map(Credential::basic);
        }
        Answer answer = transport.send(call, known.orElse(null));
        if (answer.status() != 401) {
            return answer;
        }
        List<Challenge> challenges;
        RegistryException refusal;
        try (answer) {
            challenges = Challenge.read(answer.headers().allValues("WWW-Authenticate"));
            refusal = Failures.status(call, answer);
        }
        if (!isOurs(answer.uri())) {
            throw refusal;
        }
        tokens.forget(call.scope());
        Answer second = transport.send(call, answerTo(call, repository, challenges, refusal, known.isPresent()));
        if (second.status() == 401) {
            try (second) {
                throw Failures.status(call, second);
            }
        }
        return second;
    }

    /// The first answer is closed by now: it would take the place that the token's request needs.
    private String answerTo(Call call, String repository, List<Challenge> challenges, RegistryException refusal, boolean basicWasTried)
            throws RegistryException {
        Optional<Credential> credential = credential(repository);
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                return tokens.fetch(call, challenge, credential.orElse(null));
            }
        }
        boolean basic = challenges.stream().anyMatch(challenge -> challenge.scheme().equals("basic"));
        if (!basic || credential.isEmpty() || basicWasTried && takesBasic) {
            throw refusal;
        }
        takesBasic = true;
        return credential.get().basic();
    }

    /// Looked for once, since a helper may ask the user.
    private Optional<Credential> credential(String repository) throws RegistryException.Unusable {
        Optional<Credential> known = found.get(repository);
        if (known == null) {
            synchronized (found) {
                known = found.get(repository);
                if (known == null) {
                    known = credentials.find(host, repository);
                    found.put(repository, known);
                }
            }
        }
        return known;
    }
}
