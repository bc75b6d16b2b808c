package dev.chancery.adapters.fulcio.http;

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

/// Java's own judge of certificates, by `cacerts` or what `javax.net.ssl.trustStore` names, made when the first certificate comes. It judges
/// names of hosts too, as it does anywhere. Thread-safe.
final class JavaAuthorities extends X509ExtendedTrustManager {
    private @Nullable X509ExtendedTrustManager judge;

    private synchronized X509ExtendedTrustManager judge() throws CertificateException {
        if (judge == null) {
            try {
                TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init((KeyStore) null);
                judge = Arrays.stream(factory.getTrustManagers()).filter(X509ExtendedTrustManager.class::isInstance).map(X509ExtendedTrustManager.class::cast)
                        .findFirst().orElseThrow(() -> new CertificateException("this Java judges no certificates"));
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the authorities that Java trusts can't be read: " + e.getMessage(), e);
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
