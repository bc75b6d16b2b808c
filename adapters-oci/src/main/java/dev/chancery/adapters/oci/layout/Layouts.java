package dev.chancery.adapters.oci.layout;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Opens layouts in folders and archives.
///
/// An archive that is written is a folder beside it, `FILE.part`, until it is complete: so an interrupted copy goes on where it was, and
/// the archive itself is whole or not there.
public final class Layouts {
    private static final Pattern KNOWN = Pattern.compile("oci-layout|index\\.json|blobs/sha(?:256|512)/[0-9a-f]{64}(?:[0-9a-f]{64})?");

    private Layouts() {}

    /// Opens a folder for reading.
    ///
    /// @throws RegistryException when it is no layout
    public static LayoutRepository folder(String path) throws RegistryException {
        FolderFiles files = new FolderFiles(path(path));
        return checked(new LayoutRepository(OciReference.LAYOUT + path, files, null, () -> { }), files);
    }

    /// Opens a folder for writing; makes a layout of it when it is empty or not there.
    ///
    /// @throws RegistryException when it is something else
    public static LayoutRepository folderForWriting(String path) throws RegistryException {
        FolderFiles files = new FolderFiles(path(path));
        return checked(create(OciReference.LAYOUT + path, files, () -> { }), files);
    }

    private static LayoutRepository create(String name, FolderFiles files, LayoutRepository.Completion completion) throws RegistryException {
        try {
            if (Files.isDirectory(files.folder()) && !files.exists(LayoutRepository.MARKER)) {
                try (Stream<Path> inside = Files.list(files.folder())) {
                    if (inside.anyMatch(file -> !String.valueOf(file.getFileName()).matches("blobs|index\\.json"))) {
                        throw unusable(name, "the folder has other things in it, and no " + LayoutRepository.MARKER, null);
                    }
                }
            }
            files.create();
        } catch (IOException e) {
            throw unusable(name, String.valueOf(e.getMessage()), e);
        }
        return new LayoutRepository(name, files, files, completion);
    }

    private static LayoutRepository checked(LayoutRepository repository, LayoutFiles files) throws RegistryException {
        try {
            if (!files.exists(LayoutRepository.MARKER)) {
                throw unusable(repository.name(), "there is no " + LayoutRepository.MARKER + " in it", null);
            }
        } catch (IOException e) {
            throw unusable(repository.name(), String.valueOf(e.getMessage()), e);
        }
        repository.index();
        return repository;
    }

    /// Opens an archive for reading.
    ///
    /// @throws RegistryException when it is no layout
    public static LayoutRepository archive(String path) throws RegistryException {
        String name = OciReference.ARCHIVE + path;
        try {
            TarFiles files = TarFiles.open(path(path));
            return checked(new LayoutRepository(name, files, null, () -> { }), files);
        } catch (IOException e) {
            throw unusable(name, reason(e), e);
        }
    }

    /// Opens an archive for writing. One that is there is taken over, and replaced on completion.
    ///
    /// @throws RegistryException when it is something else
    public static LayoutRepository archiveForWriting(String path) throws RegistryException {
        String name = OciReference.ARCHIVE + path;
        Path file = path(path).toAbsolutePath();
        FolderFiles files = new FolderFiles(Path.of(file + ".part"));
        try {
            if (Files.exists(file) && !Files.exists(files.folder())) {
                unpack(TarFiles.open(file), files);
            }
        } catch (IOException e) {
            throw unusable(name, reason(e), e);
        }
        return checked(create(name, files, () -> pack(files.folder(), file)), files);
    }

    private static void unpack(TarFiles from, FolderFiles to) throws IOException {
        for (String name : from.names()) {
            if (KNOWN.matcher(name).matches()) {
                to.write(name, () -> open(from, name));
            }
        }
    }

    private static InputStream open(TarFiles from, String name) throws IOException {
        return from.open(name).orElseThrow(() -> new IOException(name + " is not there"));
    }

    private static void pack(Path folder, Path file) throws IOException {
        Path parent = java.util.Objects.requireNonNull(file.getParent());
        Path temporary = Files.createTempFile(parent, ".chancery-", ".new");
        try {
            TarWriter.write(folder, temporary);
            Files.setPosixFilePermissions(temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static Path path(String text) throws RegistryException.Unusable {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw unusable(text, "it is not a path", e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage());
    }

    private static RegistryException.Unusable unusable(String name, String why, @Nullable Exception cause) {
        return new RegistryException.Unusable(new Problem(ErrorCode.LAYOUT_UNSOUND, name + " was not opened", why,
                "name an OCI image layout, or make one with chancery copy"), cause);
    }
}
