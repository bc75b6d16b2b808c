package dev.chancery.app.cli.options;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;

/// Reads `sha256:HEX`.
public final class DigestArgument {
    private static final String PREFIX = "sha256:";

    private DigestArgument() {}

    /// A digest.
    ///
    /// @throws UsageException when the argument is anything else
    public static Digest parse(String argument) throws UsageException {
        if (argument.startsWith(PREFIX)) {
            try {
                return new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(argument.substring(PREFIX.length())));
            } catch (IllegalArgumentException e) {
                // Said below.
            }
        }
        throw new UsageException(argument + " is not a SHA-256 digest", "write sha256: and 64 hexadecimal digits");
    }
}
