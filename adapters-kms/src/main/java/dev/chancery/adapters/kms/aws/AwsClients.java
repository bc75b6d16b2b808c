package dev.chancery.adapters.kms.aws;

import dev.chancery.adapters.kms.service.ServiceFailure;
import dev.chancery.domain.key.AwsKmsKeyRef;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.KmsClientBuilder;

/// One client for each endpoint and region. The SDK's own repeating is off, since the budget does that; credentials and the region
/// come from the SDK's default chains, except that an ARN's region is the one that is asked.
final class AwsClients {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ConcurrentMap<Place, KmsClient> clients = new ConcurrentHashMap<>();
    private final Consumer<KmsClientBuilder> settings;

    /// @param settings what a test needs beyond the default chains
    AwsClients(Consumer<KmsClientBuilder> settings) {
        this.settings = settings;
    }

    KmsClient clientFor(AwsKmsKeyRef ref) throws ServiceFailure {
        Place place = new Place(ref.endpoint().orElse(""), ref.region().orElse(""));
        try {
            return clients.computeIfAbsent(place, this::client);
        } catch (SdkException | IllegalArgumentException e) {
            throw AwsErrors.of(e, "kms:GetPublicKey", ref.text());
        }
    }

    private KmsClient client(Place place) {
        KmsClientBuilder builder = KmsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(Duration.ofMinutes(5)))
                .overrideConfiguration(configuration -> configuration.retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (!place.endpoint().isEmpty()) {
            builder.endpointOverride(URI.create("https://" + place.endpoint()));
        }
        if (!place.region().isEmpty()) {
            builder.region(Region.of(place.region()));
        }
        settings.accept(builder);
        return builder.build();
    }

    private record Place(String endpoint, String region) {}
}
