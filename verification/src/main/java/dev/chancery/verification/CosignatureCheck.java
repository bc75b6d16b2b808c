package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.SignedNote;
import dev.chancery.domain.log.SignedNote.NoteSignature;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/// Counts the witnesses who have cosigned a checkpoint (C2SP tlog-cosignature v1.0.0, *Format*): a line's signature is a time, 8 bytes,
/// and an Ed25519 signature over `cosignature/v1`, `time N` and the checkpoint.
final class CosignatureCheck {
    private static final int TIME_LENGTH = Long.BYTES;
    private static final int SIGNATURE_LENGTH = 64;
    private static final Bytes TYPE = Bytes.fromHex("0a04");

    private final SignatureVerifier verifier;

    CosignatureCheck(SignatureVerifier verifier) {
        this.verifier = verifier;
    }

    void check(SignedNote note, Requirements requirements) throws Stop {
        if (requirements.cosignatures() == 0) {
            return;
        }
        Set<Bytes> counted = new HashSet<>();
        for (Witness witness : requirements.witnesses()) {
            for (NoteSignature line : note.signatures()) {
                if (isBy(line, witness, note)) {
                    counted.add(witness.key().point()); // one key is one witness, whatever names it has
                }
            }
        }
        if (counted.size() < requirements.cosignatures()) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.WITNESSES_MISSING, "expected cosignatures of " + requirements.cosignatures() + " of the "
                    + requirements.witnesses().size() + " trusted witnesses on the checkpoint, found " + counted.size());
        }
    }

    private boolean isBy(NoteSignature line, Witness witness, SignedNote note) {
        if (!line.keyName().equals(witness.name()) || !line.keyId().equals(keyId(witness))
                || line.signature().size() != TIME_LENGTH + SIGNATURE_LENGTH) {
            return false;
        }
        long time = ByteBuffer.wrap(line.signature().slice(0, TIME_LENGTH).toByteArray()).getLong();
        Bytes signed = Bytes.ofUtf8("cosignature/v1\ntime " + Long.toUnsignedString(time) + "\n").concat(note.signedBytes());
        return verifier.verifies(witness.key(), new SigningInput.Message(signed),
                new Signature(SignatureAlgorithm.ED25519, line.signature().slice(TIME_LENGTH, TIME_LENGTH + SIGNATURE_LENGTH)));
    }

    private static Bytes keyId(Witness witness) {
        return HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(witness.name()).concat(TYPE).concat(witness.key().point()))
                .value().slice(0, NoteSignature.KEY_ID_LENGTH);
    }
}
