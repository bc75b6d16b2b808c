package dev.chancery.app.cli.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that users name, read and written.
class UserFilesTest {
    private static final Bytes NEW = Bytes.ofUtf8("new");

    @TempDir
    private Path folder;

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aResultHasTheModesThatTheUmaskGivesAnyNewFile() throws Exception {
        Path usual = Files.createFile(folder.resolve("usual"));
        Path result = folder.resolve("result");
        UserFiles.write(result.toString(), NEW, false);
        assertEquals(PosixFilePermissions.toString(Files.getPosixFilePermissions(usual)),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(result)));
        assertEquals(List.of("result", "usual"), names());
    }

    @Test
    void aFileIsReplacedOnlyWhenThatWasAskedForAndNothingIsLeftBeside() throws Exception {
        Path result = Files.writeString(folder.resolve("result"), "old");
        FileProblem refused = assertThrows(FileProblem.class, () -> UserFiles.write(result.toString(), NEW, false));
        assertEquals(ErrorCode.OUTPUT_EXISTS, refused.problem().code());
        assertEquals("old", Files.readString(result));
        UserFiles.write(result.toString(), NEW, true);
        assertEquals("new", Files.readString(result));
        assertEquals(List.of("result"), names());
    }

    @Test
    void aLinkThatLeadsNowhereIsAFileThatExists() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("target"));
        assertThrows(FileProblem.class, () -> UserFiles.write(link.toString(), NEW, false));
        assertEquals(List.of("link"), names());
    }

    @Test
    void whatCannotBeReadIsSaidBeforeItIsOpened() throws Exception {
        assertEquals("it is a folder", why(folder));
        assertEquals("there is no such file or folder", why(folder.resolve("absent")));
        UserFiles.refuseUnreadable(Files.createFile(folder.resolve("present")).toString());
    }

    private static String why(Path path) {
        return assertThrows(FileProblem.class, () -> UserFiles.refuseUnreadable(path.toString())).problem().why();
    }
}
