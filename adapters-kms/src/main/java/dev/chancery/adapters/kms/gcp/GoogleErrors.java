package dev.chancery.adapters.kms.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.ErrorDetails;
import com.google.rpc.RetryInfo;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.NetworkFailures;
import dev.chancery.adapters.kms.service.ServiceFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the status codes mean (google.rpc.Code; Cloud KMS documentation). The one place where they are translated.
final class GoogleErrors {
    private GoogleErrors() {}

    /// @param permission what an identity needs for the call
    /// @param key which resource it was about, to be shown
    static ServiceFailure of(ApiException e, String permission, String key) {
        String words = words(e);
        return switch (e.getStatusCode().getCode()) {
            case PERMISSION_DENIED -> ServiceFailure.of(Fault.PERMISSION_DENIED, "the identity lacks " + permission + " on " + key + ": " + words, e)
                    .withRemedy("grant a role with " + permission + " on this key, such as roles/cloudkms.signerVerifier");
            case UNAUTHENTICATED -> ServiceFailure.of(Fault.CREDENTIALS_REFUSED, "Google answers UNAUTHENTICATED: " + words, e);
            case NOT_FOUND -> ServiceFailure.of(Fault.NOT_FOUND, "Google Cloud KMS has no " + key, e);
            case ALREADY_EXISTS -> ServiceFailure.of(Fault.EXISTS, "the ring has a key " + key, e);
            case FAILED_PRECONDITION -> precondition(words, e);
            case RESOURCE_EXHAUSTED -> throttled(words, e);
            case DEADLINE_EXCEEDED -> ServiceFailure.of(Fault.TIMED_OUT,
                    "Google Cloud KMS did not answer in time; whether the key has signed is not known", e);
            case UNAVAILABLE -> NetworkFailures.of(e, "Google Cloud KMS")
                    .orElseGet(() -> ServiceFailure.of(Fault.LOST, "Google Cloud KMS was not available: " + words, e));
            case CANCELLED -> ServiceFailure.of(Fault.LOST, "the request was cut off: " + words, e);
            // REST has one HTTP status for several codes: 400 is also FAILED_PRECONDITION, and 409 is also ALREADY_EXISTS.
            case ABORTED -> words.contains("already exists")
                    ? ServiceFailure.of(Fault.EXISTS, "the ring has a key " + key, e)
                    : ServiceFailure.of(Fault.FAILED, "Google answers ABORTED: " + words, e);
            case INVALID_ARGUMENT -> words.contains("current state is") ? precondition(words, e) : words.contains("ASYMMETRIC_SIGN") || words.contains("purpose")
                    ? ServiceFailure.of(Fault.USAGE_WRONG, words, e)
                    : ServiceFailure.of(Fault.FAILED, "Google refused the request: " + words, e);
            // REST has this one for whatever came before an answer: nobody there, a certificate that isn't trusted.
            case UNKNOWN -> NetworkFailures.of(e, "Google Cloud KMS")
                    .orElseGet(() -> ServiceFailure.of(Fault.FAILED, "Google answers UNKNOWN: " + words, e));
            case OK, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, DATA_LOSS ->
                    ServiceFailure.of(Fault.FAILED, "Google answers " + e.getStatusCode().getCode() + ": " + words, e);
        };
    }

    /// The service's own words. Over gRPC a class name stands before them; over REST the cause has the whole exchange, which is too much.
    private static String words(ApiException e) {
        String message = e.getMessage();
        return ServiceFailure.words(message == null ? null : message.replaceFirst("^io\\.grpc\\.Status\\w*Exception: ", ""));
    }

    /// The state stands in the words only: "… is not enabled, current state is: DISABLED."
    private static ServiceFailure precondition(String words, ApiException e) {
        return words.contains("DESTROY")
                ? ServiceFailure.of(Fault.BEING_DELETED, words, e).withRemedy("restore the version if it should live (gcloud kms keys versions restore)")
                : ServiceFailure.of(Fault.DISABLED, words, e);
    }

    private static ServiceFailure throttled(String words, ApiException e) {
        ServiceFailure failure = ServiceFailure.of(Fault.THROTTLED, "Google answers RESOURCE_EXHAUSTED: " + words, e);
        @Nullable ErrorDetails details = e.getErrorDetails();
        @Nullable RetryInfo retry = details == null ? null : details.getRetryInfo();
        return retry == null ? failure
                : failure.retryAfter(Duration.ofSeconds(retry.getRetryDelay().getSeconds(), retry.getRetryDelay().getNanos()));
    }
}
