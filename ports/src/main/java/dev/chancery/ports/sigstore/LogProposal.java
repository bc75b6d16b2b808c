package dev.chancery.ports.sigstore;

import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.log.LogEntryBody.Verifier;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a log is asked to take in.
///
/// @param content the signed content, with one signature
/// @param signed the digest that was signed, by the algorithm's own hash; by SHA-256 for algorithms that sign the message
/// @param algorithm what it was signed with
/// @param verifier the certificate, or the public key where there is none
/// @param registryNameOrNull the algorithm's name in Sigstore's registry; null where it has none
/// @param trustedLogs ids of the logs that are trusted: an entry that is read from a log's tree doesn't say whose it is
public record LogProposal(
        Content content, Digest signed, SignatureAlgorithm algorithm, Verifier verifier, @Nullable String registryNameOrNull,
        List<Bytes> trustedLogs) {
    public LogProposal {
        trustedLogs = List.copyOf(trustedLogs);
    }

    /// The signature.
    public Bytes signature() {
        return switch (content) {
            case Content.MessageSignature message -> message.signature();
            case Content.Dsse dsse -> dsse.envelope().signatures().getFirst().signature();
        };
    }
}
