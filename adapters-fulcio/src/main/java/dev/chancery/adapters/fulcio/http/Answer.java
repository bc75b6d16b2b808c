package dev.chancery.adapters.fulcio.http;

import dev.chancery.domain.bytes.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a service answered, whatever it means.
///
/// @param status of HTTP, 200 to 599
/// @param dateOrNull the service's clock, as it says
/// @param locationOrNull where something is that was asked for or made
/// @param retryAfterOrNull how long the service asks to be left alone
public record Answer(int status, Bytes body, @Nullable Instant dateOrNull, @Nullable String locationOrNull, @Nullable Duration retryAfterOrNull) {
    /// Whether it says yes.
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /// Whether it says that asking later may help (RFC 9110 §15.6, RFC 6585 §4).
    public boolean isLater() {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    /// The service's clock.
    public Optional<Instant> date() {
        return Optional.ofNullable(dateOrNull);
    }

    /// Where something is.
    public Optional<String> location() {
        return Optional.ofNullable(locationOrNull);
    }

    /// How long the service asks to be left alone.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfterOrNull);
    }
}
