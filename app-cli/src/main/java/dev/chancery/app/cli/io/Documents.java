package dev.chancery.app.cli.io;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;

/// Reads files that are documents of some format. Who names several wants to know which one was refused.
public final class Documents {
    private static final String NAMELESS = "the document ";

    private Documents() {}

    /// How a document is read from its bytes.
    @FunctionalInterface
    public interface Format<T> {
        T read(Bytes content) throws FormatException;
    }

    /// Reads a document.
    ///
    /// @param limit in bytes
    /// @throws FileProblem when the file can't be read or is longer, or holds something else; it is named
    public static <T> T read(String path, int limit, Format<T> format) throws FileProblem {
        Bytes content = UserFiles.read(path, limit);
        try {
            return format.read(content);
        } catch (FormatException e) {
            Problem problem = e.problem();
            String what = problem.what().startsWith(NAMELESS) ? path + " " + problem.what().substring(NAMELESS.length()) : path + ": " + problem.what();
            throw new FileProblem(new Problem(problem.code(), what, problem.why(), problem.remedy()), e);
        }
    }
}
