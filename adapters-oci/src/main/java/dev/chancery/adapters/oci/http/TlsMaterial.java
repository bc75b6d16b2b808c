package dev.chancery.adapters.oci.http;

import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Authorities beside the system's, and the client's own certificate. Not thread-safe.
final class TlsMaterial {
    private static final int MAX_LENGTH = 1024 * 1024;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final KeyStore authorities;
    private KeyManager @Nullable [] keys;

    TlsMaterial() throws RegistryException.Unusable {
        try {
            authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            TrustManagerFactory system = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            system.init((KeyStore) null);
            for (var manager : system.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    add(Arrays.asList(x509.getAcceptedIssuers()));
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw Connections.unusable("the system's authorities cannot be read: " + e.getMessage(), e);
        }
    }

    private void add(Collection<? extends Certificate> certificates) throws GeneralSecurityException {
        for (Certificate certificate : certificates) {
            authorities.setCertificateEntry("authority-" + authorities.size(), certificate);
        }
    }

    void addAuthorities(Path file) throws RegistryException.Unusable {
        try {
            add(certificates(file));
        } catch (GeneralSecurityException | IOException e) {
            throw Connections.unusable(file + " has no certificates in PEM: " + e.getMessage(), e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException("it is empty");
            }
            return certificates;
        }
    }

    void setClient(Path certificate, Path key) throws RegistryException.Unusable {
        try {
            X509Certificate[] chain = certificates(certificate).toArray(X509Certificate[]::new);
            PrivateKey privateKey = privateKey(key, chain[0].getPublicKey().getAlgorithm());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", privateKey, new char[0], chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            keys = factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw Connections.unusable(key + " and " + certificate + " are not a key in PKCS#8 PEM without a passphrase, and its certificate", null);
        }
    }

    private static PrivateKey privateKey(Path file, String algorithm) throws GeneralSecurityException, IOException {
        byte[] text = new byte[0];
        byte[] der = new byte[0];
        try (InputStream in = Files.newInputStream(file)) {
            text = in.readNBytes(MAX_LENGTH);
            String pem = new String(text, StandardCharsets.US_ASCII);
            int from = pem.indexOf(BEGIN);
            int to = pem.indexOf(END);
            if (from < 0 || to < from) {
                throw new IOException("no private key");
            }
            der = Base64.getMimeDecoder().decode(pem.substring(from + BEGIN.length(), to));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } finally {
            Arrays.fill(text, (byte) 0);
            Arrays.fill(der, (byte) 0);
        }
    }

    SSLContext context() throws RegistryException.Unusable {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw Connections.unusable("no TLS context could be made: " + e.getMessage(), e);
        }
    }
}
