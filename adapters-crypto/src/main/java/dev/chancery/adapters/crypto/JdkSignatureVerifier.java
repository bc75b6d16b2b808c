package dev.chancery.adapters.crypto;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;

/// Verifies with the JDK's own providers: the choice for one signature, since nothing has to be loaded.
public final class JdkSignatureVerifier implements SignatureVerifier {
    private final SignatureVerifier strict = new StrictSignatureVerifier(new JdkPrimitives());

    @Override
    public boolean verifies(PublicKey key, SigningInput input, Signature signature) {
        return strict.verifies(key, input, signature);
    }
}
