package dev.chancery.adapters.fulcio.http;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.sigstore.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Makes HTTP clients by the settings that a machine's other programs follow too: `SSL_CERT_FILE`, `HTTPS_PROXY`, `HTTP_PROXY`,
/// `NO_PROXY`.
public final class HttpClients {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    private HttpClients() {}

    /// A client. It follows no redirects: nobody sends a token on to somewhere else.
    ///
    /// @param environment gives the value of a variable, or null
    /// @throws ServiceException.Untrusted when a setting can't be used
    public static HttpClient client(Function<String, @Nullable String> environment) throws ServiceException.Untrusted {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_WITHIN)
                .proxy(EnvironmentProxies.of(environment));
        String authorities = environment.apply("SSL_CERT_FILE");
        if (authorities != null && !authorities.isEmpty()) {
            Path file = readable(authorities);
            builder.sslContext(trusting(() -> authorities(file)));
        } else if (System.getProperty("javax.net.ssl.keyStore") == null) { // else Java's default context has client certificates to show
            builder.sslContext(trusting(() -> null));
        }
        return builder.build();
    }

    private static SSLContext trusting(LazyTrust.Source source) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new LazyTrust(source)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static Path readable(String name) throws ServiceException.Untrusted {
        try {
            Path file = Path.of(name);
            if (Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw new ServiceException.Untrusted(new Problem(ErrorCode.EVIDENCE_SERVICE_UNTRUSTED, "no service was asked",
                "SSL_CERT_FILE names " + name + ", which can't be read", "name a file of certificates in PEM, or unset SSL_CERT_FILE"), null);
    }

    /// Those in a PEM file and no others, as OpenSSL and Go understand the variable.
    private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(Integer.toString(number++), certificate);
            }
            if (number == 0) {
                throw new IOException("it has no certificate in PEM");
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException("SSL_CERT_FILE names " + file + ", which can't be used: " + e.getMessage(), e);
        }
    }
}
