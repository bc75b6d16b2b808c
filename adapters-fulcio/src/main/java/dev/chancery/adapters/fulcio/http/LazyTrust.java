package dev.chancery.adapters.fulcio.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Java's own judge of certificates, and of names of hosts, whose authorities are read when the first certificate comes: a hundred or two,
/// which cost more than all else that a client needs, and who speaks plain HTTP on this machine needs none. Thread-safe.
final class LazyTrust extends X509ExtendedTrustManager {
    private final Source source;
    private @Nullable X509ExtendedTrustManager judge;

    /// @param source asked once
    LazyTrust(Source source) {
        this.source = source;
    }

    /// Where the authorities are.
    @FunctionalInterface
    interface Source {
        /// Reads them; null for those that Java trusts by itself.
        ///
        /// @throws IOException with a message for whoever set this up
        @Nullable KeyStore authorities() throws IOException, GeneralSecurityException;
    }

    private synchronized X509ExtendedTrustManager judge() throws CertificateException {
        if (judge == null) {
            try {
                TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(source.authorities());
                judge = Arrays.stream(factory.getTrustManagers()).filter(X509ExtendedTrustManager.class::isInstance).map(X509ExtendedTrustManager.class::cast)
                        .findFirst().orElseThrow(() -> new CertificateException("this Java judges no certificates"));
            } catch (IOException | GeneralSecurityException e) {
                throw new CertificateException(e.getMessage(), e);
            }
        }
        return judge;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        judge().checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        judge().checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge().checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        judge().checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
        judge().checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge().checkClientTrusted(chain, authType);
    }

    /// None by name: only servers, which ask for certificates, say whose they take.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
