package dev.chancery.adapters.kms.aws;

import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.NetworkFailures;
import dev.chancery.adapters.kms.service.ServiceFailure;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/// What the SDK's exceptions mean (KMS API Reference, *Common Errors* and the errors of each action). The one place where they are
/// translated. KMS tells its errors apart by their code: nearly all, throttling too, come with HTTP 400.
final class AwsErrors {
    private AwsErrors() {}

    /// @param permission what an identity needs for the action
    /// @param key which key it was about, to be shown
    static ServiceFailure of(RuntimeException thrown, String permission, String key) {
        return switch (thrown) {
            case AwsServiceException e -> answered(e, permission, key);
            case ApiCallTimeoutException e -> timedOut(e);
            case ApiCallAttemptTimeoutException e -> timedOut(e);
            default -> NetworkFailures.of(thrown, "AWS KMS").orElseGet(() -> client(thrown));
        };
    }

    private static ServiceFailure timedOut(RuntimeException cause) {
        return ServiceFailure.of(Fault.TIMED_OUT, "AWS KMS did not answer in time; whether the key has signed is not known", cause);
    }

    /// What went wrong before anything was sent. The SDK has no types for these.
    private static ServiceFailure client(RuntimeException thrown) {
        String words = ServiceFailure.words(thrown.getMessage());
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("unable to load region")) {
            return ServiceFailure.of(Fault.SETTING, "no region is set: neither AWS_REGION, nor the profile, nor the machine names one", thrown)
                    .withRemedy("set AWS_REGION, or name the key by its ARN");
        }
        if (lower.contains("credentials")) {
            // The SDK's words list each place it looked at; none of them holds a secret, but they fill a screen.
            return ServiceFailure.of(Fault.CREDENTIALS_MISSING,
                    "the environment, the profile, the web identity, the container and the machine gave no AWS credentials", thrown)
                    .withRemedy("run aws configure or aws sso login, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
        return ServiceFailure.of(Fault.FAILED, "the request was not made: " + words, thrown);
    }

    private static ServiceFailure answered(AwsServiceException e, String permission, String key) {
        String code = e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null ? "" : e.awsErrorDetails().errorCode();
        String words = ServiceFailure.words(e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage());
        if (e.isThrottlingException() || code.equals("LimitExceededException")) {
            return ServiceFailure.of(Fault.THROTTLED, "AWS KMS answers " + code + ": " + words, e);
        }
        return switch (code) {
            case "AccessDeniedException", "AccessDenied" -> ServiceFailure.of(Fault.PERMISSION_DENIED,
                    "the identity lacks " + permission + " on " + key + ": " + words, e)
                    .withRemedy("have " + permission + " allowed in the identity's policy or the key's policy, for this key");
            case "UnrecognizedClientException", "InvalidSignatureException", "InvalidClientTokenId", "ExpiredTokenException",
                    "ExpiredToken", "IncompleteSignature", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
                    "NotAuthorized", "RequestExpired", "InvalidAccessKeyId" ->
                    ServiceFailure.of(Fault.CREDENTIALS_REFUSED, "AWS answers " + code + ": " + words, e);
            case "NotFoundException" -> words.toLowerCase(Locale.ROOT).startsWith("invalid arn")
                    ? ServiceFailure.of(Fault.ELSEWHERE, "the ARN " + key + " is not of the region that was asked: " + words, e)
                    : ServiceFailure.of(Fault.NOT_FOUND, "AWS KMS has no " + key + " in this account and region", e)
                            .withRemedy("check AWS_REGION and the account, or see chancery key list awskms:///");
            case "InvalidArnException" -> ServiceFailure.of(Fault.ELSEWHERE, "AWS KMS does not take the ARN " + key + ": " + words, e);
            case "DisabledException" -> ServiceFailure.of(Fault.DISABLED, "AWS KMS answers: " + words, e);
            case "KMSInvalidStateException" -> words.contains("pending deletion")
                    ? ServiceFailure.of(Fault.BEING_DELETED, "AWS KMS answers: " + words, e)
                            .withRemedy("cancel the deletion (aws kms cancel-key-deletion) if the key should live")
                    : ServiceFailure.of(Fault.DISABLED, "AWS KMS answers: " + words, e);
            case "InvalidKeyUsageException" -> ServiceFailure.of(Fault.USAGE_WRONG,
                    "the key's usage or kind does not allow it: " + words, e);
            case "UnsupportedOperationException" -> ServiceFailure.of(Fault.USAGE_WRONG, "the key does not do that: " + words, e);
            case "AlreadyExistsException" -> ServiceFailure.of(Fault.EXISTS, "there is an alias " + key, e);
            default -> ServiceFailure.of(Fault.FAILED, "AWS KMS answers " + e.statusCode() + " " + code + ": " + words, e);
        };
    }
}
