package dev.chancery.adapters.kms.service;

import dev.chancery.ports.key.KeyException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request to a key service that failed, told apart by its [Fault].
public final class ServiceFailure extends Exception {
    private static final long serialVersionUID = 1;
    /// The longest piece of a service's own words that is repeated, in characters.
    private static final int MAX_WORDS = 300;

    private final Fault fault;
    private final String why;
    private final String remedy;
    private final @Nullable Duration retryAfter;

    private ServiceFailure(Fault fault, String why, String remedy, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(fault + ": " + why, cause);
        this.fault = fault;
        this.why = why;
        this.remedy = remedy;
        this.retryAfter = retryAfter;
    }

    /// A failure with the usual remedy.
    ///
    /// @param why in one line; text from outside is allowed, secrets are not
    public static ServiceFailure of(Fault fault, String why, @Nullable Throwable cause) {
        return new ServiceFailure(fault, why, fault.usualRemedy(), null, cause);
    }

    /// The same with a remedy of its own.
    public ServiceFailure withRemedy(String better) {
        return new ServiceFailure(fault, why, better, retryAfter, getCause());
    }

    /// The same with the pause the service asks for.
    public ServiceFailure retryAfter(Duration pause) {
        return new ServiceFailure(fault, why, remedy, pause, getCause());
    }

    /// What kind of failure it is.
    public Fault fault() {
        return fault;
    }

    /// Why, in one line.
    public String why() {
        return why;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /// The same in the words of the port.
    ///
    /// @param what what did not happen, in one line
    public KeyException asKeyException(String what) {
        return fault.exception(what, why, remedy, this);
    }

    /// A service's own words, shortened to what fits a message; a placeholder when there are none.
    public static String words(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "the service gave no reason";
        }
        return message.length() <= MAX_WORDS ? message : message.substring(0, MAX_WORDS) + "…";
    }
}
