package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What users read is compared byte for byte with what was reviewed: `src/test/resources/golden`, which `scripts/golden` writes anew.
class GoldenTextsTest {
    private static final Path GOLDEN = Path.of(System.getProperty("chancery.root"), "app-cli/src/test/resources/golden");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ {2}([a-z]+(?: [a-z]+)?) +\\p{Lu}");

    @TempDir
    Path folder = Path.of("unset");

    /// The words of a command line, what it prints to both outputs, and its exit status. The folder of the test is shown as `FOLDER`.
    private String transcript(String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = Main.of(print, print, words).run(words).number();
        String text = "$ chancery " + String.join(" ", words).replace("\u202E", "\\u202E") + "\n" + said.toString(StandardCharsets.UTF_8) + "exit status " + status + "\n\n";
        return text.replace(folder.toString(), "FOLDER");
    }

    private static void compare(String name, String found) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("chancery.golden")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, found);
        }
        assertEquals(Files.readString(file), found, () -> "run scripts/golden and read the difference of " + file);
    }

    @Test
    void theHelpOfEveryCommandIsTheReviewedOne() throws IOException {
        String overview = transcript("--help");
        Map<String, String> help = new TreeMap<>();
        for (var command : COMMAND.matcher(overview).results().toList()) {
            help.put(command.group(1), transcript(Stream.concat(Stream.of(command.group(1).split(" ", -1)), Stream.of("--help"))
                    .toArray(String[]::new)));
        }
        compare("help.txt", overview + String.join("", help.values()));
    }

    private String pem(String name, String label, Key key) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        Path file = Files.createFile(folder.resolve(name), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n").toString();
    }

    @Test
    void errorsAreTheReviewedOnes() throws Exception {
        String artifact = Files.writeString(folder.resolve("artifact"), "some content\n").toString();
        String dsse = Files.writeString(folder.resolve("dsse"), "DSSEv1 4 type 4 body").toString();
        String nothing = folder.resolve("nothing").toString();
        String noKey = Files.writeString(folder.resolve("no.pub"), "no key\n").toString();
        String bundle = Files.writeString(folder.resolve("twice.json"), "{\"mediaType\":\"a\",\"mediaType\":\"b\"}").toString();
        String bidi = folder.resolve("a\u202Eb").toString();
        String root = Files.writeString(folder.resolve("root.json"), "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}").toString();
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String key = pem("a.key", "PRIVATE KEY", pair.getPrivate());
        String publicKey = pem("a.pub", "PUBLIC KEY", pair.getPublic());
        List<String> transcripts = List.of(
                transcript("sing"), transcript("key"), transcript("sign"),
                transcript("sign", artifact, "--no-such-option"),
                transcript("sign", artifact, "--key", nothing),
                transcript("sign", artifact, "--key", nothing, "--output", "yaml"),
                transcript("sign", artifact, "--key", "pkcs11:token=a;object=b?pin-value=13579"),
                transcript("sign", artifact, "--key", "pkcs11:token=a;object=b?pin-source=%7Ccat%20pin"),
                transcript("sign", artifact, "--key", "pkcs11:token=a;object=b?module-path=/none.so"),
                transcript("sign", artifact, "--key", "no-such-scheme:key"),
                transcript("sign", artifact, "--key", noKey),
                transcript("sign", artifact, "--key", bidi),
                transcript("sign", dsse, "--key", key),
                transcript("sign", artifact, "--key", key, "--bundle", bundle),
                transcript("verify", artifact),
                transcript("verify", artifact, "--key", nothing),
                transcript("verify", artifact, "--key", noKey, "--bundle", bundle),
                transcript("verify", artifact, "--key", publicKey, "--bundle", bundle),
                transcript("key", "generate", folder.resolve("new.key").toString(), "--type", "rsa1"),
                transcript("attest", artifact, "--key", nothing, "--predicate", nothing),
                transcript("sign", "--resume"),
                transcript("sign", artifact, "--identity-token", nothing, "--signing-config", noKey, "--trusted-root", root),
                transcript("sign", artifact, "--identity-token", nothing, "--signing-config", bundle, "--trusted-root", root),
                transcript("log", "search", "--digest", "4711", "--log", "http://127.0.0.1:1", "--log-version", "1", "--trusted-root", root),
                transcript("log", "prove", "--since", noKey, "--log", "http://127.0.0.1:1", "--trusted-root", root),
                transcript("trust", "pull", "--mirror", "http://127.0.0.1:1", "--root", noKey, "--to", folder.toString()));
        compare("errors.txt", String.join("", transcripts));
    }
}
