package dev.chancery.app.cli.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JarCopiesTest {
    @TempDir
    private Path lib;

    @TempDir
    private Path copies;

    @Test
    void everyClassOfAJarInJava5sFormatIsCopiedSoThatTheVirtualMachineVerifiesIt() throws Exception {
        Path picocli = put(CommandLine.class);
        assertEquals(List.of(name(picocli)), JarCopies.make(lib, copies));
        Path copy = copies.resolve(name(picocli));
        assertEquals(names(picocli), names(copy));
        try (JarFile jar = new JarFile(copy.toFile()); URLClassLoader loader = new URLClassLoader(new URL[] {copy.toUri().toURL()}, null)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/") && !entry.getName().endsWith("-info.class")) {
                    assertEquals(52, read(jar, entry)[7], entry.getName());
                    Class.forName(entry.getName().replace('/', '.').replaceFirst("\\.class$", ""), true, loader); // initialised, hence verified
                }
            }
            Class<?> spec = Class.forName("picocli.CommandLine$Model$CommandSpec", true, loader);
            assertEquals("x", spec.getMethod("name").invoke(spec.getMethod("name", String.class).invoke(spec.getMethod("create").invoke(null), "x")));
        }
    }

    @Test
    void aSignedJarIsCopiedWithoutItsSignatureAndOtherwiseUnchanged() throws Exception {
        Path signed = put(ECDSASigner.class);
        assertEquals(List.of(name(signed)), JarCopies.make(lib, copies));
        Path copy = copies.resolve(name(signed));
        try (JarFile from = new JarFile(signed.toFile()); JarFile to = new JarFile(copy.toFile())) {
            assertTrue(names(signed).stream().anyMatch(name -> name.endsWith(".SF")));
            assertFalse(names(copy).stream().anyMatch(name -> name.endsWith(".SF")));
            JarEntry entry = from.getJarEntry("org/bouncycastle/crypto/signers/ECDSASigner.class");
            assertTrue(Arrays.equals(read(from, entry), read(to, to.getJarEntry(entry.getName()))));
            assertEquals(from.getManifest().getMainAttributes(), to.getManifest().getMainAttributes());
            assertTrue(to.getManifest().getEntries().isEmpty());
        }
    }

    @Test
    void aSignedJarThatWasAlteredIsNotCopied() throws Exception {
        Path signed = put(ECDSASigner.class);
        alter(signed, "org/bouncycastle/crypto/signers/ECDSASigner.class", "org/bouncycastle/crypto/signers/ECDSASigner.class");
        assertThrows(IOException.class, () -> JarCopies.make(lib, copies));
    }

    @Test
    void aSignedJarWithAClassThatNobodySignedIsNotCopied() throws Exception {
        Path signed = put(ECDSASigner.class);
        alter(signed, "org/bouncycastle/crypto/signers/ECDSASigner.class", "org/bouncycastle/crypto/signers/Another.class");
        assertThrows(IOException.class, () -> JarCopies.make(lib, copies));
    }

    @Test
    void aJarThatTheCacheTakesAsItIsIsLeftAlone() throws Exception {
        put(com.google.re2j.Pattern.class);
        assertEquals(List.of(), JarCopies.make(lib, copies));
        try (var made = Files.list(copies)) {
            assertEquals(0, made.count());
        }
    }

    @Test
    void twoCopiesOfOneJarAreTheSameBytes(@TempDir Path second) throws Exception {
        Path picocli = put(CommandLine.class);
        JarCopies.make(lib, copies);
        JarCopies.make(lib, second);
        assertEquals(-1, Files.mismatch(copies.resolve(name(picocli)), second.resolve(name(picocli))));
    }

    private Path put(Class<?> type) throws Exception {
        Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Files.copy(jar, lib.resolve(jar.getFileName()));
    }

    private static String name(Path jar) {
        return jar.getFileName().toString();
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return Collections.list(file.entries()).stream().map(JarEntry::getName).sorted().toList();
        }
    }

    private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /// Writes the jar anew with one bit of one class flipped, under that name or another.
    private static void alter(Path jar, String from, String to) throws IOException {
        Path altered = jar.resolveSibling("altered");
        try (JarFile file = new JarFile(jar.toFile(), false); OutputStream bytes = Files.newOutputStream(altered); ZipOutputStream out = new ZipOutputStream(bytes)) {
            List<JarEntry> entries = new ArrayList<>(Collections.list(file.entries()));
            for (JarEntry entry : entries) {
                byte[] content = read(file, entry);
                if (entry.getName().equals(from)) {
                    byte[] other = content.clone();
                    other[other.length / 2] ^= 1;
                    write(out, to, other);
                }
                if (!entry.getName().equals(to)) {
                    write(out, entry.getName(), content);
                }
            }
        }
        Files.move(altered, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
