package dev.chancery.domain.log;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import java.util.List;

/// What an entry of a Sigstore log is about: the log's word for what it was shown.
public sealed interface LogEntryBody {
    /// A signature over a digest: kind `hashedrekord` of Rekor v1 (0.0.1) and v2 (0.0.2).
    record HashedRekord(Digest digest, LoggedSignature signature) implements LogEntryBody {}

    /// The signatures of a DSSE envelope: kinds `dsse` 0.0.1 and `intoto` 0.0.2.
    ///
    /// @param payloadHash of the envelope's payload, without its type
    record Envelope(Digest payloadHash, List<LoggedSignature> signatures) implements LogEntryBody {
        public Envelope {
            signatures = List.copyOf(signatures);
        }
    }

    /// A signature and what the log verified it with.
    record LoggedSignature(Bytes signature, Verifier verifier) {}

    /// What a signature was verified with.
    sealed interface Verifier {
        /// A certificate.
        record Certificate(Bytes der) implements Verifier {}

        /// A public key.
        ///
        /// @param spki DER SubjectPublicKeyInfo, as the log has it
        record Key(Bytes spki) implements Verifier {}
    }
}
