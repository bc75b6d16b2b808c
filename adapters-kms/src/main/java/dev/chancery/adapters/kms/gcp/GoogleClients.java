package dev.chancery.adapters.kms.gcp;

import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.KeyManagementServiceSettings;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.ServiceFailure;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The one client, made when it is first needed; it finds application-default credentials. Its own repeating is off, since the
/// budget does that.
final class GoogleClients {
    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger CHANNEL_LOG = Logger.getLogger("io.grpc");

    private final Consumer<KeyManagementServiceSettings.Builder> settings;
    private @Nullable KeyManagementServiceClient client;

    /// @param settings what a test needs beyond the defaults
    GoogleClients(Consumer<KeyManagementServiceSettings.Builder> settings) {
        this.settings = settings;
    }

    synchronized KeyManagementServiceClient client() throws ServiceFailure {
        if (client == null) {
            // It writes stack traces to standard error for what the caller is told in a sentence.
            CHANNEL_LOG.setLevel(Level.OFF);
            try {
                KeyManagementServiceSettings.Builder builder = KeyManagementServiceSettings.newBuilder();
                settings.accept(builder);
                builder.applyToAllUnaryMethods(method -> {
                    method.setRetryableCodes(Set.of());
                    return null;
                });
                client = KeyManagementServiceClient.create(builder.build());
            } catch (IOException e) {
                throw unusable(e);
            } catch (Exception e) {
                throw ServiceFailure.of(Fault.FAILED, "the client did not start: " + ServiceFailure.words(e.getMessage()), e);
            }
        }
        return client;
    }

    /// The library says that it found no credentials, and that a file of them can't be read, by the same type.
    private static ServiceFailure unusable(IOException e) {
        String words = ServiceFailure.words(e.getMessage());
        return words.contains("credentials were not found")
                ? ServiceFailure.of(Fault.CREDENTIALS_MISSING, "there are no application-default credentials", e)
                        .withRemedy("run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS to a key file")
                : ServiceFailure.of(Fault.SETTING, "the application-default credentials cannot be read: " + words, e);
    }
}
