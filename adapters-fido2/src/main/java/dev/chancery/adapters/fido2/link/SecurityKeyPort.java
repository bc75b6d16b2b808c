package dev.chancery.adapters.fido2.link;

/// A place where a security key may be.
///
/// @param name how it is told apart from others: `pcsc:` and the reader, or `hid:` and the node; text from outside
/// @param opening opens a way to it
public record SecurityKeyPort(String name, Opening opening) {
    /// Opens a way to a security key.
    @FunctionalInterface
    public interface Opening {
        /// Opens it. Blocks.
        ///
        /// @return a way that the caller closes
        /// @throws LinkException when there is no security key, or it can't be reached
        CtapLink open() throws LinkException;
    }
}
