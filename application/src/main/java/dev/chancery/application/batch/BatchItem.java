package dev.chancery.application.batch;

import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SigningTask;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import java.util.Optional;

/// One thing that a batch signs, and where its bundle goes.
public interface BatchItem {
    /// What is signed. Blocks while artifacts are read; signs nothing.
    ///
    /// @throws ProblemException when it can't be read or may not be signed
    SigningTask task(KeySession session) throws ProblemException;

    /// Where the bundle goes, so that two items with one place are noticed; the same text whenever the batch is run again.
    String place();

    /// Refuses, before anything is signed, a place where something stands that may not be replaced.
    ///
    /// @throws ProblemException when there is
    void checkPlace() throws ProblemException;

    /// What stands at that place.
    ///
    /// @throws ProblemException when something does and can't be read
    Optional<Bytes> existing() throws ProblemException;

    /// Puts the bundle there, whole or not at all.
    ///
    /// @throws ProblemException when it can't, or when something stands there that may not be replaced
    void write(Bytes bundle) throws ProblemException;
}
