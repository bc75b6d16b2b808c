package dev.chancery.app.cli;

import dev.chancery.adapters.oci.OciRepositories;
import dev.chancery.adapters.oci.http.Timing;
import dev.chancery.app.cli.start.JarCopies;
import dev.chancery.app.cli.start.LayoutServer;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.oci.OciPlace;
import dev.chancery.ports.registry.RegistryAccess;
import dev.chancery.ports.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// What `bin/chancery-prepare` runs, in this order, with one folder for all:
/// - `Rehearsal copies LIB FOLDER` makes the copies of jars;
/// - `Rehearsal files LIB FOLDER` makes a key, signatures and whatever else the others need;
/// - `Rehearsal KIND LIB FOLDER` does what people do most, while the virtual machine takes notes for the AOT cache of that kind (`lib/start.sh` says
///   which kinds there are): whatever it touches is linked at the start of each command of that kind, so it touches nothing else.
///
/// Status 1 when a step ends as it should not.
public final class Rehearsal {
    /// Lines enough for the compiler's notes on what is called how often, which the cache keeps too.
    private static final int BATCH = 5000;
    private static final int REFERENCES = 500;
    private static final String TYPE = "https://example.com/tests/v1";

    private final Path folder;
    private final String file;
    private final String key;
    private final String publicKey;
    private final String attested;

    private Rehearsal(Path folder) {
        this.folder = folder;
        file = path("file");
        key = path("key");
        publicKey = path("key.pub");
        attested = path("attested.json");
    }

    /// Makes the copies or the files, or does what people do most.
    ///
    /// @param arguments as above
    public static void main(String[] arguments) throws Exception {
        Path lib = Path.of(arguments[1]);
        Path folder = Path.of(arguments[2]);
        Rehearsal rehearsal = new Rehearsal(folder);
        switch (arguments[0]) {
            case "copies" -> JarCopies.make(lib, folder);
            case "files" -> rehearsal.files();
            case "verify" -> {
                rehearsal.verify();
                rehearsal.verifyIdentity();
            }
            case "sign" -> {
                rehearsal.sign();
                rehearsal.signWithToken();
                touchClasses(lib, "chancery-adapters-pkcs11-");
                touchNativeAccess();
            }
            case "keyless" -> rehearsal.signWithIdentity();
            default -> {
                rehearsal.verify();
                rehearsal.verifyIdentity();
                rehearsal.sign();
                rehearsal.signWithToken();
                rehearsal.signWithIdentity();
                rehearsal.others();
                rehearsal.references();
                touchClasses(lib, "chancery-");
                touchNativeAccess();
            }
        }
    }

    private void files() throws Exception {
        Files.writeString(Path.of(file), "what is signed\n");
        Files.writeString(folder.resolve("other"), "something else\n");
        Files.writeString(folder.resolve("predicate.json"), "{\"passed\":true}\n");
        for (String name : List.of("artifact.txt", "root.json", "keyless.json")) {
            try (InputStream in = Objects.requireNonNull(Rehearsal.class.getResourceAsStream("rehearsal/" + name), name)) {
                Files.write(folder.resolve(name), in.readAllBytes());
            }
        }
        String claims = "{\"iss\":\"http://127.0.0.1:1\",\"aud\":\"sigstore\",\"sub\":\"rehearsal\",\"iat\":0,\"exp\":4102444800}";
        Files.writeString(folder.resolve("token"),
                "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".bm9uZQ");
        Files.writeString(folder.resolve("services.json"), """
                {"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json",
                "caUrls":[{"url":"http://127.0.0.1:1","majorApiVersion":1,"validFor":{"start":"2020-01-01T00:00:00Z"},"operator":"none"}],
                "rekorTlogUrls":[{"url":"http://127.0.0.1:1","majorApiVersion":2,"validFor":{"start":"2020-01-01T00:00:00Z"},"operator":"none"}],
                "rekorTlogConfig":{"selector":"ANY"},
                "tsaUrls":[{"url":"http://127.0.0.1:1","majorApiVersion":1,"validFor":{"start":"2020-01-01T00:00:00Z"},"operator":"none"}],
                "tsaConfig":{"selector":"ANY"}}
                """);
        run(0, "key", "generate", key);
        Files.write(Path.of(publicKey), run(0, "key", "export", key));
        run(0, "sign", file, "--key", key);
        run(0, "attest", file, "--key", key, "--predicate", path("predicate.json"), "--predicate-type", TYPE, "--bundle", attested);
    }

    private void verify() throws IOException {
        run(0, "verify", file, "--key", publicKey);
        run(0, "verify", file, "--key", publicKey, "--output", "json");
        run(0, "verify", file, "--key", publicKey, "--bundle", attested, "--type", TYPE);
        run(1, "verify", path("other"), "--key", publicKey, "--bundle", file + ".sigstore.json");
    }

    /// A bundle that cosign made of a made-up instance.
    private void verifyIdentity() {
        run(0, "verify", path("artifact.txt"), "--bundle", path("keyless.json"), "--trusted-root", path("root.json"), "--certificate-identity", "dev@lab.test",
                "--certificate-oidc-issuer", "http://127.0.0.1:23001");
    }

    private void sign() throws IOException {
        run(0, "sign", file, "--key", key, "--force");
        run(0, "attest", file, "--key", key, "--predicate", path("predicate.json"), "--predicate-type", TYPE, "--bundle", attested, "--force");
    }

    /// With a library that is everywhere, and is no token's: what comes before a token is found is the same.
    private void signWithToken() {
        run(ExitStatus.KEY.number(), "sign", file, "--force", "--key", "pkcs11:token=none;object=none?module-path=" + System.getProperty("java.home") + "/lib/libjava.so");
    }

    /// For a made-up token a certificate is asked for where nobody listens.
    private void signWithIdentity() {
        run(ExitStatus.REMOTE.number(), "sign", path("artifact.txt"), "--identity-token", path("token"), "--signing-config", path("services.json"),
                "--trusted-root", path("root.json"), "--bundle", path("none.json"), "--service-timeout", "1");
    }

    private void others() throws IOException {
        run(0, "key", "show", key);
        run(0, "bundle", "inspect", attested);
        run(0, "audit", "verify");
        run(0, "--help");
        run(0, "verify", "--help");
        String batch = path("batch.jsonl");
        Files.writeString(Path.of(batch), ("{\"id\":\"1\",\"artifact\":\"" + file + "\",\"bundle\":\"" + attested + "\"}\n").repeat(BATCH));
        run(0, "verify", "--batch", batch, "--key", publicKey, "--output", "json");
    }

    /// With registries too, by one on loopback.
    private void references() throws Exception {
        Path layout = folder.resolve("layout");
        run(0, "push", file, "oci-layout:" + layout + ":1", "--sign", "--key", key);
        OciRepositories repositories = new OciRepositories(_ -> null, folder, new Timing(Clock.systemUTC()));
        try (Repository repository = repositories.open(new OciPlace.Layout(layout.toString()), RegistryAccess.USUAL);
                LayoutServer server = LayoutServer.start(layout, repository)) {
            String reference = server.reference("1");
            run(0, "verify", reference, "--key", publicKey);
            String batch = path("references.jsonl");
            Files.writeString(Path.of(batch), ("{\"id\":\"1\",\"artifact\":\"" + reference + "\"}\n").repeat(REFERENCES));
            run(0, "verify", "--batch", batch, "--key", publicKey, "--output", "json");
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static byte[] run(int expected, String... line) {
        var out = new java.io.ByteArrayOutputStream();
        var err = new java.io.ByteArrayOutputStream();
        int status = Main.of(printer(out), printer(err), line).run(line).number();
        if (status != expected) {
            System.err.println("chancery-prepare: " + String.join(" ", line) + " ended with " + status + ": " + err.toString(StandardCharsets.UTF_8));
            System.exit(1);
        }
        return out.toByteArray();
    }

    private static PrintStream printer(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /// The classes that no command above has met, such as those for tokens: what is loaded now is in the cache.
    ///
    /// @param prefix how the names of their jars begin
    private static void touchClasses(Path lib, String prefix) throws IOException, ClassNotFoundException {
        try (var jars = Files.newDirectoryStream(lib, prefix + "*.jar")) {
            for (Path jar : jars) {
                for (String name : classes(jar)) {
                    Class.forName(name, false, Rehearsal.class.getClassLoader());
                }
            }
        }
    }

    private static List<String> classes(Path path) throws IOException {
        try (JarFile jar = new JarFile(path.toFile())) {
            return Collections.list(jar.entries()).stream().map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.')).toList();
        }
    }

    /// The foreign linker, with the shapes of C_SignInit and C_Sign, on a function that is everywhere; it isn't called.
    private static void touchNativeAccess() {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            arena.allocate(8);
        }
        var anything = linker.defaultLookup().find("strlen").orElseThrow();
        linker.downcallHandle(anything, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        linker.downcallHandle(anything, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    }
}
