package dev.chancery.app.cli.evidence;

import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.application.evidence.EvidenceException;
import dev.chancery.application.evidence.PendingCodec;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// Keeps a signature whose evidence is not complete in a file beside where its bundle was to go.
final class PendingFile {
    private static final String SUFFIX = ".pending";

    private PendingFile() {}

    /// Something to do that may leave an unfinished signature.
    @FunctionalInterface
    interface Work<T> {
        T run() throws ProblemException;
    }

    /// Does it; what it leaves unfinished is in a file when this has thrown. A file that an earlier try left is replaced only by the same
    /// signature's.
    ///
    /// @param place where the bundle was to go, or `-`
    /// @param resumed whether the file itself is being gone on with
    static <T> T keeping(String place, boolean resumed, Work<T> work) throws ProblemException {
        try {
            return work.run();
        } catch (EvidenceException.Incomplete e) {
            String path = resumed ? place : free((place.equals("-") ? "signature.sigstore.json" : place) + SUFFIX);
            UserFiles.write(path, PendingCodec.write(e.pending()), resumed);
            Problem problem = e.problem();
            throw new Kept(new Problem(ErrorCode.EVIDENCE_INCOMPLETE, "no bundle was written; the signature is kept in " + path, problem.why(),
                    problem.remedy().replace("--resume", "--resume " + path)), e);
        }
    }

    /// A name that nothing has: an older signature is never lost for a newer one.
    private static String free(String path) throws ProblemException {
        String free = path;
        for (int number = 2; UserFiles.exists(free); number++) {
            free = path + number;
        }
        return free;
    }

    /// The signature is unfinished and in a file.
    private static final class Kept extends ProblemException {
        private static final long serialVersionUID = 1;

        Kept(Problem problem, EvidenceException.Incomplete cause) {
            super(problem, cause);
        }
    }
}
