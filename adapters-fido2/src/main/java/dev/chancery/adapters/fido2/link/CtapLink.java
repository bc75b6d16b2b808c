package dev.chancery.adapters.fido2.link;

import dev.chancery.domain.bytes.Bytes;
import java.time.Duration;

/// An open way to one security key. For one thread.
public interface CtapLink extends AutoCloseable {
    /// Sends a CTAP2 command and waits for the response (CTAP 2.1 §6). Blocks. When the limit passes, the security key is told to stop
    /// waiting for its user, where the transport can.
    ///
    /// @param command a command byte, and its parameters
    /// @param limit how long to wait at most
    /// @return a status byte, and a response; at least one byte
    /// @throws LinkException when no whole answer came
    Bytes exchange(Bytes command, Duration limit) throws LinkException;

    /// Lets go of the security key. Idempotent.
    @Override
    void close();
}
