package dev.chancery.adapters.kms.gcp;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.httpjson.HttpJsonCallContext;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.KeyManagementServiceSettings;
import dev.chancery.adapters.kms.service.Fault;
import dev.chancery.adapters.kms.service.ServiceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The one client, made when it is first needed; it finds application-default credentials. Its own repeating is off, since the
/// budget does that.
final class GoogleClients {
    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger CHANNEL_LOG = Logger.getLogger("io.grpc");

    private final Transport transport;
    private final Consumer<KeyManagementServiceSettings.Builder> settings;
    private @Nullable KeyManagementServiceClient client;

    /// @param settings what a test needs beyond the defaults
    GoogleClients(Transport transport, Consumer<KeyManagementServiceSettings.Builder> settings) {
        this.transport = transport;
        this.settings = settings;
    }

    /// Makes one request.
    ///
    /// @param method which, of the client
    /// @param permission what an identity needs for it
    /// @param resource what it is about, to be shown
    <Q, A> A call(Function<KeyManagementServiceClient, UnaryCallable<Q, A>> method, Q request, Duration timeLimit, String permission,
            String resource) throws ServiceFailure {
        try {
            return method.apply(client()).call(request, switch (transport) {
                case GRPC -> GrpcCallContext.createDefault().withTimeoutDuration(timeLimit);
                case REST -> HttpJsonCallContext.createDefault().withTimeoutDuration(timeLimit);
            });
        } catch (ApiException e) {
            throw GoogleErrors.of(e, permission, resource);
        }
    }

    private synchronized KeyManagementServiceClient client() throws ServiceFailure {
        if (client == null) {
            // It writes stack traces to standard error for what the caller is told in a sentence.
            CHANNEL_LOG.setLevel(Level.OFF);
            try {
                KeyManagementServiceSettings.Builder builder = switch (transport) {
                    case GRPC -> KeyManagementServiceSettings.newBuilder();
                    case REST -> KeyManagementServiceSettings.newHttpJsonBuilder();
                };
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

    /// How requests travel.
    enum Transport {
        /// HTTP/2 with protocol buffers.
        GRPC,
        /// HTTP/1.1 with JSON, which every proxy lets through.
        REST
    }
}
