package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRefused;
import dev.chancery.domain.signing.SigningRequest;
import java.io.IOException;
import java.util.Set;

/// Requests to sign a file's content.
final class Requests {
    private Requests() {}

    static SigningRequest p256(Bytes content) throws IOException, SigningRefused {
        return ArtifactContent.keep(content.inputStream(), Set.of()).requestFor(SignatureAlgorithm.ECDSA_P256_SHA_256);
    }
}
