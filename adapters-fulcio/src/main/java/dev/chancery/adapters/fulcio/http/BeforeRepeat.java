package dev.chancery.adapters.fulcio.http;

import dev.chancery.ports.sigstore.ServiceException;
import java.time.Duration;
import java.util.Optional;

/// What is done before a request is sent again that may have been carried out already.
@FunctionalInterface
public interface BeforeRepeat {
    /// For requests that do no harm when they are carried out twice.
    BeforeRepeat NOTHING = left -> Optional.empty();

    /// Looks for the answer that was lost.
    ///
    /// @param left the time that is left
    /// @return the answer; nothing when the request was not carried out, and is to be sent again
    /// @throws ServiceException when that can't be told
    Optional<Answer> find(Duration left) throws ServiceException;
}
