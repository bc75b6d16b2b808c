package dev.chancery.adapters.oci.layout;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.registry.BlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A layout in a folder. Files appear whole or not at all.
final class FolderFiles implements LayoutFiles {
    private static final Bytes MARKER = Bytes.ofUtf8("{\"imageLayoutVersion\":\"1.0.0\"}");
    private static final Bytes NO_ENTRIES = Bytes.ofUtf8(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}");

    private final Path folder;

    FolderFiles(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    @Override
    public Optional<InputStream> open(String name) throws IOException {
        try {
            return Optional.of(Files.newInputStream(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.isRegularFile(folder.resolve(name));
    }

    /// Makes an empty layout, where there is none.
    void create() throws IOException {
        Files.createDirectories(folder.resolve("blobs"));
        if (!exists(LayoutRepository.INDEX)) {
            write(LayoutRepository.INDEX, NO_ENTRIES::inputStream);
        }
        if (!exists(LayoutRepository.MARKER)) {
            write(LayoutRepository.MARKER, MARKER::inputStream);
        }
    }

    /// Writes a file beside its place, and moves it there when it is whole and on the disk.
    void write(String name, BlobSource content) throws IOException {
        Path target = folder.resolve(name);
        Path parent = java.util.Objects.requireNonNull(target.getParent());
        Files.createDirectories(parent);
        Path temporary = Files.createTempFile(parent, ".chancery-", ".new");
        try {
            try (InputStream in = content.open(); OutputStream out = Files.newOutputStream(temporary)) {
                in.transferTo(out);
            }
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.setPosixFilePermissions(temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// Work that only one process does at a time.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /// Keeps other processes away from the list of manifests meanwhile.
    synchronized void alone(Work work) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(LayoutRepository.MARKER), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid()) {
                work.run();
            }
        }
    }
}
