package dev.chancery.app.cli.evidence;

import dev.chancery.ports.identity.IdentitySource;
import java.util.function.Consumer;

/// Who can vouch for whoever runs the program.
public interface IdentitySources {
    /// The CI system it runs in.
    IdentitySource ci();

    /// An issuer, with a browser on this machine.
    ///
    /// @param speak gets lines for the person
    IdentitySource browser(String issuer, String clientId, Consumer<String> speak);

    /// An issuer, with a browser elsewhere.
    ///
    /// @param speak gets lines for the person
    IdentitySource device(String issuer, String clientId, Consumer<String> speak);
}
