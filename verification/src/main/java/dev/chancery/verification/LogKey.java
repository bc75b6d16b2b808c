package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.log.SignedNote.NoteSignature;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.trust.TransparencyLogInstance;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.ports.crypto.SignatureVerifier;

/// A trusted log, its key read.
record LogKey(TransparencyLogInstance log, PublicKey key, SignatureAlgorithm algorithm) {
    /// Whether the log has signed some bytes.
    boolean signed(Bytes content, Bytes signature, SignatureVerifier verifier) {
        SigningInput input = algorithm.prehash().isPresent()
                ? new SigningInput.Prehashed(algorithm.prehash().get().digest(content))
                : new SigningInput.Message(content);
        return verifier.verifies(key, input, new Signature(algorithm, signature));
    }

    /// Whether an id in a bundle or certificate is this log's: the hash of its key, or its key id in checkpoints.
    boolean isNamed(Bytes id) {
        return id.equals(log.logId()) || id.equals(log.checkpointKeyId());
    }

    /// Whether a line of a note says that it is by this log's key: one hash or another of the key begins with the line's key id. The line
    /// is verified afterwards; this only leaves out others' lines.
    boolean mayHaveSigned(NoteSignature line) {
        return log.logId().startsWith(line.keyId()) || log.checkpointKeyId().startsWith(line.keyId())
                || key.id().digest().value().startsWith(line.keyId());
    }

    ValidityWindow window() {
        return log.publicKey().validFor();
    }

    /// Who counts, when logs are counted: the operator where one is named, else the key.
    String giver() {
        return log.operator().isEmpty() ? key.id().hex() : "operator " + log.operator();
    }

    String name() {
        return log.baseUrl().isEmpty() ? HashAlgorithm.SHA_256.inTotoName() + ":" + key.id().hex() : log.baseUrl();
    }
}
