package dev.chancery.app.cli.io;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Reads and writes the files that a user names.
public final class UserFiles {
    private static final String CHECK = "check the path and its permissions";

    private UserFiles() {}

    /// A path as the user wrote it.
    ///
    /// @throws FileProblem when the file system has no such names
    public static Path path(String text) throws FileProblem {
        try {
            return Path.of(text);
        } catch (java.nio.file.InvalidPathException e) {
            throw new FileProblem(new Problem(ErrorCode.INPUT_UNREADABLE, text + " is not a path", reason(e), "check the path"), e);
        }
    }

    /// Reads a whole file that may not be longer than a limit.
    ///
    /// @param limit in bytes
    /// @throws FileProblem when it can't be read or is longer
    public static Bytes read(String path, int limit) throws FileProblem {
        return read(path, limit, CHECK);
    }

    /// Reads a whole file that may not be longer than a limit.
    ///
    /// @param limit in bytes
    /// @param remedy what to do when it can't be read
    /// @throws FileProblem when it can't be read or is longer
    public static Bytes read(String path, int limit, String remedy) throws FileProblem {
        try (InputStream in = Files.newInputStream(path(path))) {
            return Bytes.readUpTo(in, limit).orElseThrow(() -> new FileProblem(new Problem(ErrorCode.TOO_LARGE,
                    path + " was not read", "it is longer than " + limit + " bytes", "check that this is the file you mean"), null));
        } catch (IOException e) {
            throw unreadable(path, e, remedy);
        }
    }

    /// Refuses, before any work is done, an input that can't be read.
    ///
    /// @throws FileProblem when there is no such file, it is a folder, or permission is denied
    public static void refuseUnreadable(String path) throws FileProblem {
        Path file = path(path);
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a folder");
            }
            file.getFileSystem().provider().checkAccess(file, AccessMode.READ);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// Opens a file for reading.
    ///
    /// @throws FileProblem when it can't be opened
    public static InputStream open(String path) throws FileProblem {
        try {
            return Files.newInputStream(path(path));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// Closes a file that was only read.
    public static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // What was read was read.
        }
    }

    /// The length of a file in bytes.
    ///
    /// @throws FileProblem when there is none
    public static long size(String path) throws FileProblem {
        try {
            return Files.size(path(path));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// Whether something of that name exists, a dangling link included.
    ///
    /// @throws FileProblem when the file system has no such names
    public static boolean exists(String path) throws FileProblem {
        return Files.exists(path(path), LinkOption.NOFOLLOW_LINKS);
    }

    private static FileProblem unreadable(String path, Exception e) {
        return unreadable(path, e, CHECK);
    }

    private static FileProblem unreadable(String path, Exception e, String remedy) {
        return new FileProblem(new Problem(ErrorCode.INPUT_UNREADABLE, path + " cannot be read", reason(e), remedy), e);
    }

    /// Refuses, before any work is done, an output that exists.
    ///
    /// @throws FileProblem when it exists and may not be replaced
    public static void refuseExisting(String path, boolean force) throws FileProblem {
        if (!force && exists(path)) {
            throw alreadyExists(path);
        }
    }

    /// Writes a file whole or not at all: to a new file beside it, flushed, then renamed.
    ///
    /// @param force whether an existing file is replaced
    /// @throws FileProblem when it exists and may not be replaced, or can't be written
    public static void write(String path, Bytes content, boolean force) throws FileProblem {
        Path target = path(path).toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw unwritable(path, new IOException("it is a root folder"));
        }
        Path temporary = null;
        try {
            temporary = Files.createFile(folder.resolve(".chancery-" + UUID.randomUUID() + ".new")); // with the modes of the umask
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                java.nio.ByteBuffer buffer = content.byteBuffer();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            if (force) {
                replace(temporary, target);
            } else {
                give(temporary, target);
            }
        } catch (FileAlreadyExistsException e) {
            throw alreadyExists(path);
        } catch (IOException e) {
            throw unwritable(path, e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static void replace(Path temporary, Path target) throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Takes a name that nobody has, with the whole content at once where the file system has hard links. Where it has none (FAT, as on
    /// memory sticks), an empty file holds the name until the content is moved there.
    private static void give(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            Files.createFile(target);
            try {
                replace(temporary, target);
            } catch (IOException again) {
                deleteQuietly(target);
                throw again;
            }
        }
    }

    /// Deletes a file of this program's own whose content is in another now. One that can't be deleted stays.
    ///
    /// @param successor is never deleted, should it be the same file
    /// @throws FileProblem when the file system has no such names
    public static void discard(String path, String successor) throws FileProblem {
        try {
            if (!Files.isSameFile(path(path), path(successor))) {
                deleteQuietly(path(path));
            }
        } catch (IOException e) {
            // It stays.
        }
    }

    private static void deleteQuietly(java.nio.file.@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The result is in place or the error is on its way; a left-over temporary file harms neither.
            }
        }
    }

    private static FileProblem alreadyExists(String path) {
        return new FileProblem(new Problem(ErrorCode.OUTPUT_EXISTS, path + " was not written", "a file of that name exists",
                "choose another name, or replace it with --force"), null);
    }

    private static FileProblem unwritable(String path, IOException e) {
        return new FileProblem(new Problem(ErrorCode.OUTPUT_UNWRITABLE, path + " was not written", reason(e),
                "check the folder, its permissions and the space left"), e);
    }

    static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission is denied";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
