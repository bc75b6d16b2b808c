package dev.chancery.adapters.kms.fake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// TLS for a server on loopback: a certificate that the JDK's keytool made for this run, and who trusts it.
public final class LoopbackTls {
    private static final String PASSWORD = "loopback";

    private LoopbackTls() {}

    /// For both sides: the server's key, and a client's trust in its certificate.
    public static SSLContext context() {
        return Made.CONTEXT;
    }

    /// The server's certificate.
    public static String certificatePem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(Made.STORE.getCertificate("server").getEncoded()) + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Made {
        private static final KeyStore STORE = make();
        private static final SSLContext CONTEXT = context(STORE);

        private static KeyStore make() {
            try {
                Path folder = Files.createTempDirectory("loopback");
                Path file = folder.resolve("server.p12");
                Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                        "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=loopback", "-ext", "san=ip:127.0.0.1",
                        "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD)
                        .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
                if (keytool.waitFor() != 0) {
                    throw new AssertionError(Files.readString(folder.resolve("log")));
                }
                KeyStore store = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    store.load(in, PASSWORD.toCharArray());
                }
                Files.delete(file);
                Files.delete(folder.resolve("log"));
                Files.delete(folder);
                return store;
            } catch (IOException | GeneralSecurityException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private static SSLContext context(KeyStore store) {
            try {
                return checkedContext(store);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        private static SSLContext checkedContext(KeyStore store) throws GeneralSecurityException {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            try {
                trusted.load(null, null);
            } catch (IOException e) {
                throw new GeneralSecurityException(e);
            }
            trusted.setCertificateEntry("server", store.getCertificate("server"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        }
    }
}
