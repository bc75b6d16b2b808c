package dev.chancery.adapters.fulcio.http;

import dev.chancery.ports.sigstore.ServiceException;
import java.net.http.HttpClient;

/// Makes the client when it is first needed: commands that ask nobody don't pay for it.
@FunctionalInterface
public interface ClientSource {
    /// A client. Thread-safe ones are expected.
    ///
    /// @throws ServiceException.Untrusted when a setting can't be used
    HttpClient client() throws ServiceException.Untrusted;
}
