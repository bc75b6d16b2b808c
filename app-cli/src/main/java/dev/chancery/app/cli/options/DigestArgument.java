package dev.chancery.app.cli.options;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;

/// Reads `sha256:HEX`.
public final class DigestArgument {
    private DigestArgument() {}

    public static Digest parse(String argument) throws UsageException {
        try {
            return new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(argument.substring("sha256:".length())));
        } catch (IllegalArgumentException e) {
            throw new UsageException(argument + " is not a SHA-256 digest", "write sha256: and 64 hexadecimal digits");
        }
    }
}
