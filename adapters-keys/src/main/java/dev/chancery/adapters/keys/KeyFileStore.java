package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Key files on disk: read with a look at their permissions, written whole or not at all.
final class KeyFileStore {
    /// The longest key file that is read, in bytes.
    static final int MAX_LENGTH = 1 << 20;
    private static final Bytes PLAIN = Bytes.ofUtf8("-----BEGIN PRIVATE KEY-----");
    private static final Set<PosixFilePermission> OTHERS = Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private KeyFileStore() {}

    /// A file as it was read.
    ///
    /// @param exposedOrNull its permissions, when people other than its owner can read or change it
    record Content(Bytes pem, @Nullable String exposedOrNull) {}

    /// Reads a key file. Blocks; a named pipe is waited for.
    static Content read(String path) throws KeyException {
        try {
            Path file = Path.of(path);
            if (Files.isDirectory(file)) {
                throw KeyFiles.invalid(path, "it is a folder");
            }
            Bytes pem;
            try (InputStream in = Files.newInputStream(file)) {
                pem = Bytes.readUpTo(in, MAX_LENGTH)
                        .orElseThrow(() -> KeyFiles.invalid(path, "it is longer than " + MAX_LENGTH + " bytes, so it is no key"));
            }
            String exposed = exposedPermissions(file);
            if (exposed != null && isPlain(pem)) {
                throw KeyFiles.exposed(path, exposed);
            }
            return new Content(pem, exposed);
        } catch (NoSuchFileException e) {
            throw KeyFiles.absent(path, Files.isSymbolicLink(Path.of(path)) ? "it is a link to a file that is not there" : "there is no such file",
                    "make one with chancery key generate, or check the path");
        } catch (AccessDeniedException e) {
            throw KeyFiles.invalid(path, "its permissions do not let this user read it", "run as its owner, or chown the file");
        } catch (FileSystemLoopException e) {
            throw KeyFiles.invalid(path, "it is a link that leads to itself", e);
        } catch (IOException | InvalidPathException e) {
            throw KeyFiles.invalid(path, "it cannot be read: " + e.getMessage(), e);
        }
    }

    /// Whether it is a plain key, whatever white space stands before it.
    private static boolean isPlain(Bytes pem) {
        int at = 0;
        while (at < pem.size() && Character.isWhitespace(pem.at(at))) {
            at++;
        }
        return pem.slice(at, pem.size()).startsWith(PLAIN);
    }

    /// Of the file itself, not of a link to it. A pipe or device has no others' permissions to speak of.
    private static @Nullable String exposedPermissions(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || !Files.isRegularFile(file)) {
            return null;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        return permissions.stream().anyMatch(OTHERS::contains) ? PosixFilePermissions.toString(permissions) : null;
    }

    static void refuseExisting(String path) throws KeyException {
        try {
            if (Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS)) {
                throw KeyFiles.exists(path);
            }
        } catch (InvalidPathException e) {
            throw unwritable(path, e);
        }
    }

    /// To a new file of its owner's beside it, flushed, then linked: whole or not at all, never over another.
    static void writeNew(String path, Bytes pem) throws KeyException {
        Path target = Path.of(path).toAbsolutePath();
        Path temporary = null;
        try {
            temporary = Files.createTempFile(target.getParent(), ".chancery-", ".new");
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var buffer = pem.byteBuffer();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw KeyFiles.exists(path);
        } catch (IOException e) {
            throw unwritable(path, e);
        } finally {
            deleteIfThere(temporary);
        }
    }

    private static void deleteIfThere(@Nullable Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                // It is the same file as the result, under another name, for its owner only.
            }
        }
    }

    private static KeyException unwritable(String path, Exception cause) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.OUTPUT_UNWRITABLE, "no key was made",
                "the file " + path + " cannot be written: " + cause.getMessage(), "check the folder and its permissions"), cause);
    }
}
