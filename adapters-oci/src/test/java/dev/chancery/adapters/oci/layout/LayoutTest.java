package dev.chancery.adapters.oci.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.oci.OciDocumentCodec;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Layouts in folders and archives (image spec, image-layout.md).
class LayoutTest {
    @TempDir
    Path folder = Path.of("unset");

    private static Descriptor descriptor(Bytes content) {
        return new Descriptor("application/octet-stream", HashAlgorithm.SHA_256.digest(content), content.size());
    }

    private static StoredManifest manifest(String text, Descriptor... subject) {
        return OciDocumentCodec.write(new OciDocument.Manifest(MediaTypes.MANIFEST, "application/x.test", descriptor(Bytes.ofUtf8("{}")), List.of(),
                subject.length == 0 ? null : subject[0], Map.of("text", text)));
    }

    private Repository write(boolean archive) throws RegistryException {
        return archive ? Layouts.archiveForWriting(folder.resolve("a.tar").toString()) : Layouts.folderForWriting(folder.resolve("l").toString());
    }

    private Repository read(boolean archive) throws RegistryException {
        return archive ? Layouts.archive(folder.resolve("a.tar").toString()) : Layouts.folder(folder.resolve("l").toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasStoredIsReadAgain(boolean archive) throws Exception {
        Bytes content = Bytes.ofUtf8("content");
        StoredManifest subject = manifest("subject");
        StoredManifest referrer = manifest("referrer", subject.descriptor());
        try (Repository repository = write(archive)) {
            repository.store(descriptor(content), content::inputStream);
            repository.tag(subject, "v1");
            repository.store(referrer);
            repository.complete();
        }
        try (Repository repository = read(archive)) {
            assertEquals(content, repository.blob(descriptor(content), 100));
            assertEquals(Optional.of(subject), repository.tagged("v1"));
            assertEquals(Optional.empty(), repository.tagged("v2"));
            assertEquals(Optional.of(referrer), repository.manifest(referrer.digest()));
            assertEquals(List.of(referrer.digest()), repository.referrers(subject.digest()).descriptors().stream().map(Descriptor::digest).toList());
            assertEquals(List.of("v1"), repository.tags());
        }
        assertFalse(Files.exists(folder.resolve("a.tar.part")));
    }

    @Test
    void aTagMovesAndNamesOneManifest() throws Exception {
        try (Repository repository = write(false)) {
            repository.tag(manifest("one"), "v1");
            repository.tag(manifest("two"), "v1");
            assertEquals(Optional.of(manifest("two")), repository.tagged("v1"));
        }
    }

    @Test
    void anArchiveIsThereWhenItIsCompleteAndIsTheSameForTheSameContent() throws Exception {
        for (String name : List.of("one.tar", "two.tar")) {
            try (Repository repository = Layouts.archiveForWriting(folder.resolve(name).toString())) {
                repository.tag(manifest("x"), "v1");
                assertFalse(Files.exists(folder.resolve(name)));
                repository.complete();
            }
        }
        assertEquals(-1, Files.mismatch(folder.resolve("one.tar"), folder.resolve("two.tar")));
    }

    @Test
    void anInterruptedArchiveGoesOn() throws Exception {
        try (Repository repository = write(true)) {
            repository.tag(manifest("x"), "v1");
        }
        try (Repository repository = write(true)) {
            assertTrue(repository.tagged("v1").isPresent());
            repository.complete();
        }
        try (Repository repository = write(true)) {
            repository.tag(manifest("y"), "v2");
            repository.complete();
        }
        try (Repository repository = read(true)) {
            assertEquals(List.of("v1", "v2"), repository.tags());
        }
    }

    @Test
    void damagedContentIsRefused() throws Exception {
        Bytes content = Bytes.ofUtf8("content");
        StoredManifest subject = manifest("subject");
        try (Repository repository = write(false)) {
            repository.store(descriptor(content), content::inputStream);
            repository.tag(subject, "v1");
        }
        Files.writeString(folder.resolve("l/blobs/sha256/" + descriptor(content).digest().hex()), "c0ntent");
        Files.writeString(folder.resolve("l/blobs/sha256/" + subject.digest().hex()), "{}");
        try (Repository repository = read(false)) {
            assertEquals(ErrorCode.CONTENT_MISMATCH, code(() -> repository.blob(descriptor(content), 100)));
            assertEquals(ErrorCode.CONTENT_MISMATCH, code(() -> repository.tagged("v1")));
        }
        Files.delete(folder.resolve("l/blobs/sha256/" + subject.digest().hex()));
        try (Repository repository = read(false)) {
            assertEquals(ErrorCode.LAYOUT_UNSOUND, code(() -> repository.tagged("v1")), "a listed manifest that is gone is no \"not found\"");
        }
    }

    @FunctionalInterface
    private interface Executable {
        void run() throws RegistryException;
    }

    private static ErrorCode code(Executable what) {
        return assertThrows(RegistryException.class, what::run).problem().code();
    }

    @Test
    void wrongContentIsNotStored() throws Exception {
        try (Repository repository = write(false)) {
            assertEquals(ErrorCode.CONTENT_MISMATCH,
                    code(() -> repository.store(descriptor(Bytes.ofUtf8("content")), Bytes.ofUtf8("c0ntent")::inputStream)));
            assertFalse(repository.has(descriptor(Bytes.ofUtf8("content"))));
        }
    }

    @Test
    void aFolderWithOtherThingsIsLeftAlone() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("home")).resolve("letter"), "dear");
        assertEquals(ErrorCode.LAYOUT_UNSOUND, code(() -> Layouts.folderForWriting(folder.resolve("home").toString())));
        assertEquals(ErrorCode.LAYOUT_UNSOUND, code(() -> Layouts.folder(folder.resolve("home").toString())));
        assertEquals(ErrorCode.LAYOUT_UNSOUND, code(() -> Layouts.folder(folder.resolve("absent").toString())));
        assertEquals(ErrorCode.LAYOUT_UNSOUND, code(() -> Layouts.archive(folder.resolve("home/letter").toString())));
    }

    @Test
    void anArchiveThatIsCutOffAnywhereIsRefused() throws Exception {
        try (Repository repository = write(true)) {
            repository.tag(manifest("x"), "v1");
            repository.complete();
        }
        byte[] whole = Files.readAllBytes(folder.resolve("a.tar"));
        for (int length = 0; length < whole.length - 1024; length += 333) {
            Path cut = Files.write(folder.resolve("cut.tar"), java.util.Arrays.copyOf(whole, length));
            assertEquals(ErrorCode.LAYOUT_UNSOUND, code(() -> Layouts.archive(cut.toString())), "cut at " + length);
        }
    }

    /// GNU tar's archives, long names among them, are read; names that lead out of the folder are not unpacked.
    @Test
    void tarsOfGnuTarAreRead() throws Exception {
        try (Repository repository = write(false)) {
            repository.tag(manifest("x"), "v1");
        }
        Path deep = Files.createDirectories(folder.resolve("l").resolve("d".repeat(60)).resolve("e".repeat(60)));
        Files.write(deep.resolve("file"), "x".getBytes(StandardCharsets.UTF_8));
        for (String format : List.of("gnu", "posix", "ustar")) {
            Process tar = new ProcessBuilder("tar", "--format=" + format, "-cf", folder.resolve("g.tar").toString(), "-C", folder.resolve("l").toString(), ".")
                    .inheritIO().start();
            assertEquals(0, tar.waitFor());
            try (Repository repository = Layouts.archive(folder.resolve("g.tar").toString())) {
                assertEquals(Optional.of(manifest("x")), repository.tagged("v1"), format);
            }
        }
    }
}
