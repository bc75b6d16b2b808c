package dev.chancery.app.cli.approval.page;

import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.webauthn.RelyingParty;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// How a page is served.
///
/// @param rpId the relying party for whom the browser is asked; also the name under which the page is opened
/// @param tlsOrNull for HTTPS; null for localhost without
record PageOptions(String rpId, int port, @Nullable SSLContext tlsOrNull, Duration within) {
    private static final int USUAL_PORT = 8423;
    private static final int USUAL_MINUTES = 10;
    private static final int MAX_STORE = 1024 * 1024;
    private static final int MAX_PASSPHRASE = 4096;

    static void add(CommandSpec spec) {
        spec.addOption(Options.value("--rp-id", "DOMAIN", "The relying party (localhost, for trying out). Another one needs --tls and a name for this machine.").build());
        spec.addOption(Options.value("--port", "PORT", "Where the page is served on the loopback interface (8423).").build());
        spec.addOption(Options.value("--tls", "FILE", "PKCS #12 file with the certificate and key for HTTPS.").build());
        spec.addOption(Options.value("--tls-passphrase-file", "FILE", "File whose one line is that file's passphrase.").build());
        spec.addOption(Options.value("--within", "MINUTES", "How long the page is open (10).").build());
    }

    static PageOptions read(ParseResult line) throws ProblemException {
        String rpId = Options.text(line, "--rp-id").orElse(RelyingParty.LOCALHOST);
        Optional<String> tls = Options.text(line, "--tls");
        if (!RelyingParty.isDomain(rpId)) {
            throw PageException.unusable("expected a domain in lower case as relying party, found " + rpId, "write --rp-id sign.example.com", null);
        }
        if (!rpId.equals(RelyingParty.LOCALHOST) && tls.isEmpty()) {
            throw PageException.unusable("browsers ask security keys for " + rpId + " over HTTPS only, and --tls is missing", "add --tls FILE", null);
        }
        return new PageOptions(rpId, number(line, "--port", USUAL_PORT, 65_535), tls.isEmpty() ? null : context(tls.get(), passphrase(line)),
                Duration.ofMinutes(number(line, "--within", USUAL_MINUTES, 1440)));
    }

    private static int number(ParseResult line, String option, int usual, int most) throws UsageException {
        String text = Options.text(line, option).orElse(Integer.toString(usual));
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > most) {
            throw new UsageException(option + " is not a number from 1 to " + most, "write " + option + " " + usual);
        }
        return Integer.parseInt(text);
    }

    private static char[] passphrase(ParseResult line) throws ProblemException {
        Optional<String> file = Options.text(line, "--tls-passphrase-file");
        return file.isEmpty() ? new char[0] : UserFiles.read(file.get(), MAX_PASSPHRASE).utf8().orElse("").stripTrailing().toCharArray();
    }

    private static SSLContext context(String file, char[] passphrase) throws ProblemException {
        Bytes content = UserFiles.read(file, MAX_STORE);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content.inputStream(), passphrase);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, passphrase);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw PageException.unusable("expected a PKCS #12 file with a key in " + file + ", found that it cannot be opened: " + e.getMessage(),
                    "check the file and --tls-passphrase-file", e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    PageServer open(PageWork work) throws PageException {
        return PageServer.open(rpId, port, tlsOrNull, work);
    }

    /// Where the page stands.
    String origin() {
        return PageServer.origin(rpId, port, tlsOrNull != null);
    }
}
