package dev.chancery.domain.key;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key in AWS KMS: `awskms://[ENDPOINT]/KEY`, in cosign's spelling. Read with [KeyRef#parse(String)].
///
/// @param text the URI as given
/// @param endpointOrNull host and port of the service, reached by HTTPS; null for the region's own
/// @param keyOrNull a key id, `mrk-` id, `alias/NAME` or the ARN of a key or alias; null for all keys of the region (only for listing)
public record AwsKmsKeyRef(String text, @Nullable String endpointOrNull, @Nullable String keyOrNull) implements KeyRef {
    /// Host and port of the service, when the URI names them.
    public Optional<String> endpoint() {
        return Optional.ofNullable(endpointOrNull);
    }

    /// The key, as the service takes it.
    public Optional<String> key() {
        return Optional.ofNullable(keyOrNull);
    }

    /// The alias's name, with its `alias/`, when the URI names an alias.
    public Optional<String> alias() {
        return key().filter(key -> key.contains("alias/")).map(key -> key.substring(key.indexOf("alias/")));
    }

    /// The region that an ARN names (`arn:PARTITION:kms:REGION:ACCOUNT:…`).
    public Optional<String> region() {
        return key().filter(key -> key.startsWith("arn:")).map(key -> key.split(":", -1)[3]);
    }
}
