package dev.chancery.ports.key;

import dev.chancery.ports.crypto.PublicKeyDecoder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes a back end that is not in the program itself: an add-on, found by [java.util.ServiceLoader] in a folder of its own.
///
/// An implementation has a public constructor without parameters, and names no class of a library that its add-on brings before
/// [#backend(Surroundings)] is called, so that providers of add-ons that are not there can lie beside it.
public interface KeyBackendProvider {
    /// The URI schemes whose keys the back end has, in lower case.
    Set<String> schemes();

    /// Makes the back end. Makes no connection and reads no credentials.
    ///
    /// @throws KeyException when a setting can't be used
    KeyBackend backend(Surroundings surroundings) throws KeyException;

    /// What the program gives an add-on to work with.
    ///
    /// @param environment gives the value of an environment variable, or null
    /// @param home the user's home folder
    /// @param clock the time
    /// @param publicKeyDecoder reads the public keys a service tells
    record Surroundings(Function<String, @Nullable String> environment, Path home, Clock clock, PublicKeyDecoder publicKeyDecoder) {}
}
