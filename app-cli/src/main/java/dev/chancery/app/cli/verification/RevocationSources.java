package dev.chancery.app.cli.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.certificate.RevocationSource;
import java.util.List;

/// Makes sources of revocation lists and OCSP responses.
@FunctionalInterface
public interface RevocationSources {
    /// A source that has what was given and what is in the cache.
    ///
    /// @param lists in DER
    /// @param responses in DER
    /// @param offline whether nobody may be asked for more
    RevocationSource of(List<Bytes> lists, List<Bytes> responses, boolean offline);

    /// A source that has what is in the cache, and asks nobody.
    default RevocationSource cache() {
        return of(List.of(), List.of(), true);
    }
}
