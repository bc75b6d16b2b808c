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

/// What `bin/chancery-prepare` runs: `Rehearsal copies LIB FOLDER` makes the copies of jars, `Rehearsal commands LIB FOLDER` does what people
/// do most in an empty folder, while the virtual machine takes notes for its AOT cache. Status 1 when a step ends as it should not.
public final class Rehearsal {
    /// Lines enough for the compiler's notes on what is called how often, which the cache keeps too.
    private static final int BATCH = 5000;
    private static final int REFERENCES = 500;

    private Rehearsal() {}

    /// Makes the copies, or does what people do most.
    ///
    /// @param arguments as above
    public static void main(String[] arguments) throws Exception {
        Path lib = Path.of(arguments[1]);
        Path folder = Path.of(arguments[2]);
        if (arguments[0].equals("copies")) {
            JarCopies.make(lib, folder);
        } else {
            commands(folder);
            touchClasses(lib);
            touchNativeAccess();
        }
    }

    private static void commands(Path folder) throws Exception {
        String file = folder.resolve("file").toString();
        String key = folder.resolve("key").toString();
        String publicKey = folder.resolve("key.pub").toString();
        String attested = folder.resolve("attested.json").toString();
        String predicate = folder.resolve("predicate.json").toString();
        Files.writeString(Path.of(file), "what is signed\n");
        Files.writeString(Path.of(predicate), "{\"passed\":true}\n");
        run(0, "key", "generate", key);
        run(0, "key", "show", key);
        Files.write(Path.of(publicKey), run(0, "key", "export", key));
        run(0, "sign", file, "--key", key);
        run(0, "attest", file, "--key", key, "--predicate", predicate, "--predicate-type", "https://example.com/tests/v1", "--bundle", attested);
        run(0, "verify", file, "--key", publicKey);
        run(0, "verify", file, "--key", publicKey, "--output", "json");
        run(0, "verify", file, "--key", publicKey, "--bundle", attested, "--type", "https://example.com/tests/v1");
        run(0, "bundle", "inspect", attested);
        run(0, "audit", "verify");
        run(0, "--help");
        run(0, "verify", "--help");
        String batch = folder.resolve("batch.jsonl").toString();
        Files.writeString(Path.of(batch), ("{\"id\":\"1\",\"artifact\":\"" + file + "\",\"bundle\":\"" + attested + "\"}\n").repeat(BATCH));
        run(0, "verify", "--batch", batch, "--key", publicKey, "--output", "json");
        references(folder, file, key, publicKey);
        identities(folder);
        Files.writeString(Path.of(file), "something else\n");
        run(1, "verify", file, "--key", publicKey);
    }

    /// With registries too, by one on loopback.
    private static void references(Path folder, String file, String key, String publicKey) throws Exception {
        Path layout = folder.resolve("layout");
        run(0, "push", file, "oci-layout:" + layout + ":1", "--sign", "--key", key);
        OciRepositories repositories = new OciRepositories(_ -> null, folder, new Timing(Clock.systemUTC()));
        try (Repository repository = repositories.open(new OciPlace.Layout(layout.toString()), RegistryAccess.USUAL);
                LayoutServer server = LayoutServer.start(layout, repository)) {
            String reference = server.reference("1");
            run(0, "verify", reference, "--key", publicKey);
            String batch = folder.resolve("references.jsonl").toString();
            Files.writeString(Path.of(batch), ("{\"id\":\"1\",\"artifact\":\"" + reference + "\"}\n").repeat(REFERENCES));
            run(0, "verify", "--batch", batch, "--key", publicKey, "--output", "json");
        }
    }

    /// With certificates: a bundle that cosign made of a made-up instance is verified, and for a made-up token a certificate is asked for where
    /// nobody listens.
    private static void identities(Path folder) throws Exception {
        String artifact = unpacked("artifact.txt", folder);
        String root = unpacked("root.json", folder);
        run(0, "verify", artifact, "--bundle", unpacked("keyless.json", folder), "--trusted-root", root, "--certificate-identity", "dev@lab.test",
                "--certificate-oidc-issuer", "http://127.0.0.1:23001");
        String token = folder.resolve("token").toString();
        String claims = "{\"iss\":\"http://127.0.0.1:1\",\"aud\":\"sigstore\",\"sub\":\"rehearsal\",\"iat\":0,\"exp\":4102444800}";
        Files.writeString(Path.of(token), "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".bm9uZQ");
        String services = folder.resolve("services.json").toString();
        Files.writeString(Path.of(services), """
                {"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json",
                "caUrls":[{"url":"http://127.0.0.1:1","majorApiVersion":1,"validFor":{"start":"2020-01-01T00:00:00Z"},"operator":"none"}],
                "rekorTlogUrls":[{"url":"http://127.0.0.1:1","majorApiVersion":2,"validFor":{"start":"2020-01-01T00:00:00Z"},"operator":"none"}],
                "rekorTlogConfig":{"selector":"ANY"},
                "tsaUrls":[{"url":"http://127.0.0.1:1","majorApiVersion":1,"validFor":{"start":"2020-01-01T00:00:00Z"},"operator":"none"}],
                "tsaConfig":{"selector":"ANY"}}
                """);
        run(ExitStatus.REMOTE.number(), "sign", artifact, "--identity-token", token, "--signing-config", services, "--trusted-root", root,
                "--bundle", folder.resolve("none.json").toString(), "--service-timeout", "1");
    }

    private static String unpacked(String name, Path folder) throws IOException {
        try (InputStream in = Objects.requireNonNull(Rehearsal.class.getResourceAsStream("rehearsal/" + name), name)) {
            return Files.write(folder.resolve(name), in.readAllBytes()).toString();
        }
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
    private static void touchClasses(Path lib) throws IOException, ClassNotFoundException {
        try (var jars = Files.newDirectoryStream(lib, "chancery-*.jar")) {
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
