package dev.chancery.app.cli.batch;

import dev.chancery.app.cli.io.FileProblem;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.application.batch.BatchItem;
import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SigningTask;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import java.util.Optional;

/// An item whose bundle goes into a file.
///
/// @param maker reads what is signed
/// @param place the file's path
/// @param force whether an existing file is replaced
public record BundleFile(TaskMaker maker, String place, boolean force) implements BatchItem {
    /// Reads what is signed.
    @FunctionalInterface
    public interface TaskMaker {
        /// Reads it; signs nothing.
        ///
        /// @throws ProblemException when it can't be read or may not be signed
        SigningTask task(KeySession session) throws ProblemException;
    }

    @Override
    public SigningTask task(KeySession session) throws ProblemException {
        return maker.task(session);
    }

    @Override
    public void checkPlace() throws FileProblem {
        UserFiles.refuseExisting(place, force);
    }

    @Override
    public Optional<Bytes> existing() throws FileProblem {
        return UserFiles.exists(place) ? Optional.of(UserFiles.read(place, SigstoreBundle.MAX_LENGTH)) : Optional.empty();
    }

    @Override
    public void write(Bytes bundle) throws FileProblem {
        UserFiles.write(place, bundle, force);
    }
}
