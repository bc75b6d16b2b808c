package dev.chancery.adapters.fido2.link;

import java.util.List;

/// Finds places where security keys may be.
public interface SecurityKeyPorts {
    /// Looks. Blocks for a moment.
    Seen look();

    /// What is there.
    ///
    /// @param ports in a stable order
    /// @param barred what can't be used and why, a line each
    record Seen(List<SecurityKeyPort> ports, List<String> barred) {
        public Seen {
            ports = List.copyOf(ports);
            barred = List.copyOf(barred);
        }
    }
}
