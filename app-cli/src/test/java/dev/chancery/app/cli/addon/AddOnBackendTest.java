package dev.chancery.app.cli.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackendProvider;
import dev.chancery.ports.key.KeyException;
import dev.chancery.testkit.key.FixedPinEntry;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Add-ons that the tests compile, so that their classes are nowhere else.
final class AddOnBackendTest {
    private static final KeyAccess ACCESS = new KeyAccess(FixedPinEntry.none(), KeyAccess.DEFAULT_DEADLINE, false);
    /// Names what it was given: its own class loader and the value of a variable.
    private static final String PROVIDER = """
            public final class Provider implements dev.chancery.ports.key.KeyBackendProvider {
                public java.util.Set<String> schemes() { return java.util.Set.of("awskms"); }
                public dev.chancery.ports.key.KeyBackend backend(Surroundings surroundings) {
                    throw new IllegalStateException(getClass().getClassLoader().getName() + ", " + surroundings.environment().apply("X") + ", " + new Library());
                }
            }
            """;
    private static final String LIBRARY = "public final class Library { public String toString() { return \"library\"; } }";

    @TempDir
    private @Nullable Path temporary;
    private Path folder = Path.of("");

    @BeforeEach
    void folder() {
        folder = Objects.requireNonNull(temporary);
    }

    @Test
    void withoutTheFolderTheCoreSaysWhichAddOnIsMissing() throws Exception {
        KeyException refused = assertThrows(KeyException.BackendUnusable.class,
                () -> addOn(AddOnBackend.Kind.GCPKMS).open(KeyRef.parse("gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k"), ACCESS));
        assertEquals(ErrorCode.ADD_ON_MISSING, refused.problem().code());
        assertTrue(refused.problem().why().contains(folder.resolve("gcpkms").toString()), refused.problem().why());
        assertEquals(Set.of(), addOn(AddOnBackend.Kind.GCPKMS).custodian().generatable(KeyRef.parse("gcpkms://projects/p/locations/l/keyRings/r")));
    }

    @Test
    void anAddOnIsLoadedFromItsFolderAloneWhenItsFirstKeyIsUsed() throws Exception {
        compile("awskms", Map.of("Provider", PROVIDER, "Library", LIBRARY));
        AddOnBackend backend = addOn(AddOnBackend.Kind.AWSKMS);
        assertTrue(backend.accepts(KeyRef.parse("awskms:///alias/a")));
        assertFalse(backend.accepts(KeyRef.parse("hashivault://a")));
        IllegalStateException reached = assertThrows(IllegalStateException.class, () -> backend.open(KeyRef.parse("awskms:///alias/a"), ACCESS));
        assertEquals("add-on awskms, value, library", reached.getMessage());
        assertThrows(ClassNotFoundException.class, () -> Class.forName("Provider"));
    }

    @Test
    void anAddOnWithAMissingLibraryIsUnusable() throws Exception {
        compile("awskms", Map.of("Provider", PROVIDER, "Library", LIBRARY));
        Files.delete(folder.resolve("awskms/Library.jar"));
        assertUnusable();
    }

    @Test
    void anAddOnOfAnotherSchemeOrWithoutAnyProviderIsUnusable() throws Exception {
        Files.createDirectories(folder.resolve("awskms"));
        assertUnusable();
        compile("awskms", Map.of("Provider", PROVIDER.replace("\"awskms\"", "\"other\""), "Library", LIBRARY));
        assertUnusable();
    }

    @Test
    void aDamagedJarIsUnusable() throws Exception {
        compile("awskms", Map.of("Provider", PROVIDER, "Library", LIBRARY));
        Files.writeString(folder.resolve("awskms/Provider.jar"), "no jar");
        assertUnusable();
    }

    private void assertUnusable() {
        KeyException refused = assertThrows(KeyException.BackendUnusable.class,
                () -> addOn(AddOnBackend.Kind.AWSKMS).custodian().list(KeyRef.parse("awskms:///"), ACCESS));
        assertEquals(ErrorCode.ADD_ON_UNUSABLE, refused.problem().code());
    }

    private AddOnBackend addOn(AddOnBackend.Kind kind) {
        return new AddOnBackend(kind, new AddOnFolder(folder), new KeyBackendProvider.Surroundings(
                variable -> variable.equals("X") ? "value" : null, folder, Clock.systemUTC(), new SpkiPublicKeyDecoder()));
    }

    /// One jar a class; the provider's jar names it as a service.
    private void compile(String scheme, Map<String, String> sources) throws Exception {
        Path work = Files.createDirectories(folder.resolve("work-" + scheme));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.writeString(work.resolve(source.getKey() + ".java"), source.getValue());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        assertEquals(0, compiler.run(null, OutputStream.nullOutputStream(), null, "-proc:none", "-cp", System.getProperty("java.class.path"),
                "-d", work.toString(), work.resolve("Provider.java").toString(), work.resolve("Library.java").toString()));
        Path addOn = Files.createDirectories(folder.resolve(scheme));
        for (String name : sources.keySet()) {
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(addOn.resolve(name + ".jar")))) {
                jar.putNextEntry(new JarEntry(name + ".class"));
                Files.copy(work.resolve(name + ".class"), jar);
                if (name.equals("Provider")) {
                    jar.putNextEntry(new JarEntry("META-INF/services/" + KeyBackendProvider.class.getName()));
                    jar.write("Provider\n".getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }
}
