package dev.chancery.adapters.fulcio.http;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.sigstore.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
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
            builder.sslContext(trusting(Path.of(authorities)));
        } else if (System.getProperty("javax.net.ssl.keyStore") == null) {
            builder.sslContext(trustingWhomJavaTrusts());
        }
        return builder.build();
    }

    /// The default context, but that Java's authorities are read when the first certificate is to be judged. That they are read at once is half
    /// of what a client costs, and who speaks plain HTTP on this machine needs none. (Java's own default context also brings client
    /// certificates where a property names a store of them.)
    private static SSLContext trustingWhomJavaTrusts() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new JavaAuthorities()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /// A context that trusts the authorities in a PEM file and no others, as OpenSSL and Go understand the variable.
    private static SSLContext trusting(Path file) throws ServiceException.Untrusted {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(Integer.toString(number++), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ServiceException.Untrusted(new Problem(ErrorCode.EVIDENCE_SERVICE_UNTRUSTED, "no service was asked",
                    "SSL_CERT_FILE names " + file + ", which can't be used: " + e.getMessage(),
                    "name a file of certificates in PEM, or unset SSL_CERT_FILE"), e);
        }
    }
}
